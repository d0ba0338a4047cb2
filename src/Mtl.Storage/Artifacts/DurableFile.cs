using System.Runtime.InteropServices;

namespace Mtl.Storage.Artifacts;

/// <summary>Writing files so that a crash or a power cut leaves the old one or the new one, whole.</summary>
internal static partial class DurableFile
{
    private const int ReadOnly = 0;

    /// <summary>ENOENT.</summary>
    private const int NoEntry = 2;

    /// <summary>How Linux (no space, and over quota), macOS and Windows say that there is no room.</summary>
    private static readonly int[] NoRoom = [28, 122, 69, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    /// <summary>How Unix and Windows say that a name is taken.</summary>
    private static readonly int[] AlreadyThere = [17, unchecked((int)0x800700B7)];

    public static bool IsFull(IOException exception) => NoRoom.Contains(exception.HResult);

    /// <summary>Fills the temporary file through <paramref name="write"/>, fsyncs it, and gives back its length.</summary>
    public static async Task<long> FillAsync(string temporary, Func<Stream, Task> write, CancellationToken cancellation)
    {
        await using var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 1 << 16, useAsync: false);
        await write(stream).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        stream.Flush(flushToDisk: true);
        return stream.Length;
    }

    /// <summary>Puts the temporary file in its place. Folders of the way that did not exist are made, and every folder changed is fsynced.</summary>
    /// <exception cref="DirectoryNotFoundException">Somebody else has taken a folder of the way away meanwhile.</exception>
    public static void Place(string temporary, string file)
    {
        var folder = Path.GetDirectoryName(file)!;
        MakeFolder(folder);
        File.Move(temporary, file, overwrite: true);
        FlushFolder(folder);
    }

    private static void MakeFolder(string folder)
    {
        if (Directory.Exists(folder))
            return;
        var parent = Path.GetDirectoryName(folder)!;
        MakeFolder(parent);
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (IOException e) when (AlreadyThere.Contains(e.HResult) && !File.Exists(folder))
        {
            throw new DirectoryNotFoundException($"The folder '{folder}' was made and taken away by others.", e);
        }

        FlushFolder(parent);
    }

    /// <summary>A file's name is on disk when its folder is. Windows keeps names in its journal and has no such call.</summary>
    private static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        var descriptor = Open(folder, ReadOnly);
        if (descriptor < 0)
            throw Failure("opened", folder);
        var flushed = FSync(descriptor);
        var failure = flushed < 0 ? Failure("written to disk", folder) : null;
        _ = Close(descriptor);
        if (failure is not null)
            throw failure;
    }

    private static IOException Failure(string verb, string folder)
    {
        var (number, reason) = (Marshal.GetLastPInvokeError(), $"The folder '{folder}' can't be {verb}: {Marshal.GetLastPInvokeErrorMessage()}.");
        return number == NoEntry ? new DirectoryNotFoundException(reason) : new IOException(reason, number);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
