using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Mtl.Core;

namespace Mtl.Application.Tracking;

/// <summary>
/// Files that come in parts, from their first part to their last. They live in this process: what it has not put together when it ends is to be sent again. One that nobody completes within a day goes.
/// Thread-safe.
/// </summary>
internal sealed class MultipartUploads
{
    public const int MostParts = 10_000;

    private static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<string, Upload> uploads = new();
    private readonly string root;
    private readonly TimeProvider time;

    public MultipartUploads(ApplicationOptions options, TimeProvider time)
    {
        this.time = time;
        root = Path.Combine(options.IncomingFolder, "parts");
        if (Directory.Exists(root))
            Directory.Delete(root, recursive: true);
    }

    public UploadTicket Begin(ArtifactAddress address, int parts)
    {
        foreach (var (stale, _) in uploads.Where(upload => upload.Value.BegunAt + Patience < time.GetUtcNow()))
            Drop(stale);

        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        Directory.CreateDirectory(Path.Combine(root, id));
        uploads[id] = new Upload(address, parts, Hash(secret), time.GetUtcNow());
        return new UploadTicket(id, secret, parts);
    }

    /// <summary>The file to write a part to, or why not; the same answer whether the upload or its secret is wrong.</summary>
    public Result<string> Part(string id, string secret, int number)
    {
        if (!uploads.TryGetValue(id, out var upload) || !CryptographicOperations.FixedTimeEquals(upload.Secret, Hash(secret)))
            return NoSuchUpload();
        return number >= 1 && number <= upload.Parts
            ? Path.Combine(root, id, $"{number:D5}")
            : Error.Invalid($"Invalid part number {number}: the upload has parts 1 to {upload.Parts}.", field: "part_number");
    }

    public void Took(string id, int number, string tag)
    {
        if (uploads.TryGetValue(id, out var upload))
            upload.Tags[number] = tag;
    }

    /// <summary>The files of the parts in order, or what is missing.</summary>
    public Result<IReadOnlyList<string>> Files(string id, ArtifactAddress address, IReadOnlyList<(int Number, string Tag)> parts)
    {
        if (!uploads.TryGetValue(id, out var upload) || upload.Address != address)
            return Missing(id, address);
        if (parts.Count == 0)
            return Error.Invalid("An upload is completed with the list of its parts; it is empty.", field: "parts");
        foreach (var (number, tag) in parts)
        {
            if (!upload.Tags.TryGetValue(number, out var known))
                return Error.Invalid($"Part {number} of the upload '{id}' has not come in.", "Send it again, then complete the upload.", "parts");
            if (known.Trim('"') != tag.Trim('"'))
                return Error.Invalid($"Part {number} of the upload '{id}' came in with the tag {known}, not {tag}.", "Send it again, then complete the upload.", "parts");
        }

        return parts.Select(part => part.Number).Distinct().Count() == parts.Count
            ? parts.OrderBy(part => part.Number).Select(part => Path.Combine(root, id, $"{part.Number:D5}")).ToArray()
            : Error.Invalid("The list of parts names a part twice.", field: "parts");
    }

    public static Error NoSuchUpload() => Error.Forbidden("There is no such upload, or its secret is another.", "Begin an upload, and send its headers with every part.");

    /// <summary>Null when the upload is one to that address.</summary>
    public Error? Check(string id, ArtifactAddress address) => uploads.TryGetValue(id, out var upload) && upload.Address == address
        ? null
        : Missing(id, address);

    public void Drop(string id)
    {
        if (!uploads.TryRemove(id, out _))
            return;
        // Renamed first: a part that is still coming in can't be put there any more.
        var leaving = Path.Combine(root, $"{id}-over");
        Directory.Move(Path.Combine(root, id), leaving);
        Directory.Delete(leaving, recursive: true);
    }

    private static Error Missing(string id, ArtifactAddress address) =>
        Error.NotFound($"There is no upload '{(id.Length > 64 ? id[..64] : id)}' to '{address.Path}'.", "Begin one; uploads end when the server does, and after a day.");

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    private sealed record Upload(ArtifactAddress Address, int Parts, byte[] Secret, DateTimeOffset BegunAt)
    {
        public ConcurrentDictionary<int, string> Tags { get; } = new();
    }
}
