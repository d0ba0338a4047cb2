using System.Diagnostics;

namespace Mtl.Architecture.Tests;

/// <summary>What the launcher says without building anything, called from a folder elsewhere.</summary>
public sealed class LauncherTests
{
    [Fact]
    public void Help_lists_the_commands()
    {
        var (status, output, _) = Launch("help");

        status.ShouldBe(0);
        output.ShouldStartWith("usage: ./mtl COMMAND [ARGUMENTS]");
    }

    [Fact]
    public void An_unknown_test_project_is_answered_with_those_there_are()
    {
        var (status, _, error) = Launch("test", "no-such-project");

        status.ShouldBe(1);
        error.ShouldStartWith("mtl: No test project's name holds 'no-such-project'. There are: Mtl.Api.Tests ");
        error.TrimEnd().ShouldEndWith(" Mtl.EndToEnd.Tests", Case.Sensitive, "the end-to-end tests come last");
        Repository.Tests.Keys.Where(name => name.EndsWith(".Tests", StringComparison.Ordinal)).ShouldAllBe(name => error.Contains($" Mtl.{name}"));
    }

    private static (int Status, string Output, string Error) Launch(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(Repository.Root, "mtl"), arguments)
        {
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
