using System.Text.Json;
using Mtl.Core;

namespace Mtl.Storage.Folders;

/// <summary>
/// The folder that holds everything a server keeps: <c>mtl.db</c>, <c>artifacts/</c>, <c>datasets/</c>, and <c>server.json</c> while a server runs.
/// Whoever has it open holds its lock (the kernel gives it back when the process ends, however it ends), so two servers never share one.
/// </summary>
public sealed class DataFolder : IDisposable
{
    /// <summary>The embedded store's file.</summary>
    public const string DatabaseName = "mtl.db";

    private const string ServerFile = "server.json";
    private const string LockFile = "server.lock";

    /// <summary>Another process may hold the lock for an instant, to see whether a server runs.</summary>
    private const int LockAttempts = 10;

    /// <summary>How Linux, macOS and Windows say that another process holds the file.</summary>
    private static readonly int[] HeldElsewhere = [11, 35, unchecked((int)0x80070020)];

    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(20);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly FileStream held;

    private DataFolder(string root, FileStream held) => (Root, this.held) = (root, held);

    /// <summary>Folders whose files belong to the records, and so into a backup.</summary>
    public static IReadOnlyList<string> KeptFolders { get; } = ["artifacts", "datasets", "keys"];

    /// <summary><c>~/.mtl</c>.</summary>
    public static string DefaultPath => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".mtl");

    /// <summary>Absolute path.</summary>
    public string Root { get; }

    public string DatabaseFile => Path.Combine(Root, DatabaseName);

    public string ArtifactsFolder => Path.Combine(Root, "artifacts");

    public string DatasetsFolder => Path.Combine(Root, "datasets");

    /// <summary>Files on their way in or out; what a crash left there goes when the folder is opened.</summary>
    public string IncomingFolder => Path.Combine(Root, "incoming");

    /// <summary>What clients send in parts, from one start to the next.</summary>
    private string PartsFolder => Path.Combine(IncomingFolder, "parts");

    /// <summary>Creates what is missing of the folder and takes its lock, or says why that can't be.</summary>
    public static Result<DataFolder> Open(string path)
    {
        var root = Path.GetFullPath(path);
        try
        {
            Create(root);
            if (Lock(root) is not { } held)
                return InUse(root);

            var folder = new DataFolder(root, held);
            Directory.CreateDirectory(folder.ArtifactsFolder);
            Directory.CreateDirectory(folder.DatasetsFolder);
            Directory.CreateDirectory(folder.IncomingFolder);
            foreach (var left in Directory.GetFiles(folder.IncomingFolder))
                File.Delete(left);
            foreach (var left in Directory.GetDirectories(folder.IncomingFolder).Where(left => left != folder.PartsFolder))
                Directory.Delete(left, recursive: true);
            File.Delete(Path.Combine(root, ServerFile));
            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Error.Unavailable($"The data folder '{root}' can't be written: {e.Message}", "Make it writable for this user, or name another folder with --data DIR.");
        }
    }

    /// <summary>The server that runs on the folder at <paramref name="path"/>; null when none does, or it has not said its address yet.</summary>
    public static ServerInfo? FindServer(string path)
    {
        var root = Path.GetFullPath(path);
        if (!File.Exists(Path.Combine(root, LockFile)))
            return null;
        using var free = TryLock(root);
        return free is null ? ReadServer(root) : null;
    }

    /// <summary>Writes <c>server.json</c>, for the command line and for whoever finds the folder in use.</summary>
    public void Announce(ServerInfo server)
    {
        var file = Path.Combine(Root, ServerFile);
        File.WriteAllText($"{file}.new", JsonSerializer.Serialize(server, Json));
        File.Move($"{file}.new", file, overwrite: true);
    }

    public void Dispose()
    {
        File.Delete(Path.Combine(Root, ServerFile));
        held.Dispose();
    }

    /// <summary>A new folder is its owner's alone, as hashes of passwords and tokens and the keys of cookies will be in it.</summary>
    private static void Create(string root)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(root);
        else
            Directory.CreateDirectory(root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static Error InUse(string root) => ReadServer(root) is { } server
        ? Error.Conflict(
            $"The data folder '{root}' is in use by the server at {server.Address} (process {server.ProcessId}).",
            "Use that server, stop it, or name another folder with --data DIR.")
        : Error.Conflict($"The data folder '{root}' is in use by a server that is starting or stopping.", "Try again in a moment, or name another folder with --data DIR.");

    private static FileStream? Lock(string root)
    {
        for (var attempt = 1; attempt < LockAttempts; attempt++)
        {
            if (TryLock(root) is { } held)
                return held;
            Thread.Sleep(LockPause);
        }

        return TryLock(root);
    }

    private static FileStream? TryLock(string root)
    {
        try
        {
            return new FileStream(Path.Combine(root, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (HeldElsewhere.Contains(e.HResult))
        {
            return null;
        }
    }

    private static ServerInfo? ReadServer(string root)
    {
        try
        {
            return JsonSerializer.Deserialize<ServerInfo>(File.ReadAllText(Path.Combine(root, ServerFile)), Json);
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }
}
