using System.Security.Cryptography;
using Mtl.Core;

namespace Mtl.Application.Datasets;

/// <summary>Takes a file from a stream to disk, bounded, with its hash.</summary>
internal static class UploadedTable
{
    private const int BufferBytes = 1 << 20;

    /// <summary>Copies <paramref name="content"/> to <paramref name="path"/>; leaves no file behind when it is too large or breaks off.</summary>
    public static async Task<Result<(long Bytes, string Sha256)>> WriteAsync(Stream content, string path, long maximumBytes, CancellationToken cancellation)
    {
        var isComplete = false;
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferBytes, useAsync: true);
            var buffer = new byte[BufferBytes];
            var bytes = 0L;
            int read;
            while ((read = await content.ReadAsync(buffer, cancellation)) > 0)
            {
                bytes += read;
                if (bytes > maximumBytes)
                    return Error.TooLarge($"The file is larger than {maximumBytes / (1 << 20):N0} MiB, the most that is accepted.", "Put the file on the server and give its path instead.");
                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
            }

            await file.FlushAsync(cancellation);
            file.Flush(flushToDisk: true);
            isComplete = true;
            return (bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        finally
        {
            if (!isComplete)
                File.Delete(path);
        }
    }

    /// <summary>The SHA-256 of a file in hexadecimal, or why it can't be read.</summary>
    public static async Task<Result<string>> HashAsync(string path, CancellationToken cancellation)
    {
        try
        {
            await using var file = File.OpenRead(path);
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Error.Invalid($"The file '{path}' can't be read: {e.Message}", "Give the server's user the right to read it, or upload it.", "path");
        }
    }
}
