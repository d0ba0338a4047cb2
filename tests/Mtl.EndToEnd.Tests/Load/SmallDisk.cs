using System.Diagnostics;

namespace Mtl.EndToEnd.Tests.Load;

/// <summary>A file system of a few megabytes in memory, mounted for a test.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    /// <summary>Mounts one. Needs root; without, the test that asked for it is skipped and says so, but under <c>CI=true</c> it fails.</summary>
    public static SmallDisk Mount(string path, int megabytes)
    {
        Directory.CreateDirectory(path);
        var (status, errors) = Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", path);
        if (status == 0)
            return new SmallDisk(path);

        var reason = $"A file system of {megabytes} MB can't be mounted here, which a test of full disks needs root for: {errors.Trim()}";
        Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", reason);
        throw new InvalidOperationException(reason);
    }

    public void Dispose() => Run("umount", "--lazy", Path);

    private static (int Status, string Errors) Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, errors);
    }
}
