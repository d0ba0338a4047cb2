using System.Security.Cryptography;
using Mtl.Core;

namespace Mtl.Application.Tracking;

/// <summary>Copies what a client sends, up to a bound.</summary>
internal static class BoundedCopy
{
    /// <summary>Copies all of it; gives back the SHA-256 in hexadecimal.</summary>
    /// <exception cref="TooLargeException">There is more than <paramref name="most"/>.</exception>
    public static async Task<string> ToAsync(Stream from, Stream to, long most, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[128 * 1024];
        var copied = 0L;
        int read;
        while ((read = await from.ReadAsync(buffer, cancellation)) > 0)
        {
            copied += read;
            if (copied > most)
                throw new TooLargeException();
            hash.AppendData(buffer, 0, read);
            await to.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public static Error Refusal(long most) => Error.TooLarge($"The file is larger than {most:N0} bytes, the most that is accepted.", "Keep it elsewhere and log where.");

    /// <summary>Leaves a store's write, which then leaves nothing behind.</summary>
    internal sealed class TooLargeException : Exception;
}
