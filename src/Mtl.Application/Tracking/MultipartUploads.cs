using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Mtl.Core;

namespace Mtl.Application.Tracking;

/// <summary>
/// Files that come in parts, from their first part to their last. Each has a folder of its own with its parts and <c>upload.json</c>, so that it goes on after a restart; one that nobody completes
/// within a day goes. Thread-safe.
/// </summary>
internal sealed class MultipartUploads
{
    public const int MostParts = 10_000;

    private const string Description = "upload.json";

    private readonly ConcurrentDictionary<string, Upload> uploads = new();
    private readonly string root;
    private readonly TimeProvider time;

    public MultipartUploads(ApplicationOptions options, TimeProvider time)
    {
        this.time = time;
        root = options.PartsFolder;
        foreach (var folder in Directory.Exists(root) ? Directory.GetDirectories(root) : [])
        {
            if (Read(folder) is { } upload)
                uploads[Path.GetFileName(folder)] = upload;
            else
                Directory.Delete(folder, recursive: true);
        }

        DropStale();
    }

    /// <summary>How long an upload may take.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromDays(1);

    public UploadTicket Begin(ArtifactAddress address, int parts)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var about = new About(address, parts, Convert.ToHexStringLower(Hash(secret)), time.GetUtcNow());
        var folder = Directory.CreateDirectory(Path.Combine(root, id)).FullName;
        using (var file = new FileStream(Path.Combine(folder, Description), FileMode.CreateNew))
        {
            JsonSerializer.Serialize(file, about);
            file.Flush(flushToDisk: true);
        }

        uploads[id] = new Upload(about);
        return new UploadTicket(id, secret, parts);
    }

    /// <summary>The file to write a part to before it is taken, or why not; the same answer whether the upload or its secret is wrong.</summary>
    public Result<string> Part(string id, string secret, int number)
    {
        if (Find(id) is not { } upload || !CryptographicOperations.FixedTimeEquals(Convert.FromHexString(upload.About.SecretHash), Hash(secret)))
            return NoSuchUpload();
        return number >= 1 && number <= upload.About.Parts
            ? Path.Combine(root, id, $"{Guid.NewGuid():N}.new")
            : Error.Invalid($"Invalid part number {number}: the upload has parts 1 to {upload.About.Parts}.", field: "part_number");
    }

    /// <summary>Takes in the file that a part was written to, in the place of one of that number. Gives back its tag.</summary>
    /// <param name="hash">Of its content; a part keeps it in its name.</param>
    /// <exception cref="IOException">The upload was completed or given up meanwhile.</exception>
    public Result<string> Take(string id, int number, string written, string hash)
    {
        if (Find(id) is not { } upload)
            return NoSuchUpload();
        lock (upload)
        {
            var before = upload.Hashes.GetValueOrDefault(number);
            File.Move(written, PartFile(id, number, hash), overwrite: true);
            upload.Hashes[number] = hash;
            if (before is not null && before != hash)
                File.Delete(PartFile(id, number, before));
        }

        return Tag(hash);
    }

    /// <summary>The files of the parts in order, or what is missing.</summary>
    public Result<IReadOnlyList<string>> Files(string id, ArtifactAddress address, IReadOnlyList<(int Number, string Tag)> parts)
    {
        if (Find(id) is not { } upload || upload.About.Address != address)
            return Missing(id, address);
        if (parts.Count == 0)
            return Error.Invalid("An upload is completed with the list of its parts; it is empty.", field: "parts");
        var files = new SortedDictionary<int, string>();
        foreach (var (number, tag) in parts)
        {
            if (!upload.Hashes.TryGetValue(number, out var known))
                return Error.Invalid($"Part {number} of the upload '{id}' has not come in.", "Send it again, then complete the upload.", "parts");
            if (known != tag.Trim('"'))
                return Error.Invalid($"Part {number} of the upload '{id}' came in with the tag {Tag(known)}, not {tag}.", "Send it again, then complete the upload.", "parts");
            if (!files.TryAdd(number, PartFile(id, number, known)))
                return Error.Invalid("The list of parts names a part twice.", field: "parts");
        }

        return files.Values.ToArray();
    }

    public static Error NoSuchUpload() => Error.Forbidden("There is no such upload, or its secret is another.", "Begin an upload, and send its headers with every part.");

    /// <summary>Null when the upload is one to that address.</summary>
    public Error? Check(string id, ArtifactAddress address) => Find(id) is { } upload && upload.About.Address == address ? null : Missing(id, address);

    public void Drop(string id)
    {
        if (!uploads.TryRemove(id, out _))
            return;

        // Renamed first: a part that is still coming in can't be put there any more.
        var leaving = Path.Combine(root, $"{id}-over");
        Directory.Move(Path.Combine(root, id), leaving);
        Directory.Delete(leaving, recursive: true);
    }

    /// <summary>Drops what nobody has completed in time.</summary>
    public void DropStale()
    {
        foreach (var (stale, _) in uploads.Where(upload => IsStale(upload.Value)))
            Drop(stale);
    }

    private static Error Missing(string id, ArtifactAddress address) =>
        Error.NotFound($"There is no upload '{(id.Length > 64 ? id[..64] : id)}' to '{address.Path}'.", "Begin one; an upload ends after a day.");

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    private static string Tag(string hash) => $"\"{hash}\"";

    /// <summary>An upload as a process before this one left it; null for what is none: one that was dropped or not yet begun when it ended.</summary>
    private static Upload? Read(string folder)
    {
        try
        {
            if (Path.GetFileName(folder).Contains('-', StringComparison.Ordinal) || JsonSerializer.Deserialize<About>(File.ReadAllBytes(Path.Combine(folder, Description))) is not { } about)
                return null;
            var upload = new Upload(about);
            foreach (var file in Directory.GetFiles(folder))
            {
                if (Path.GetFileName(file).Split('-') is [var number, var hash] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var part))
                    upload.Hashes[part] = hash;
                else if (Path.GetFileName(file) != Description)
                    File.Delete(file);
            }

            return upload;
        }
        catch (Exception e) when (e is JsonException or FileNotFoundException)
        {
            return null;
        }
    }

    private string PartFile(string id, int number, string hash) => Path.Combine(root, id, $"{number:D5}-{hash}");

    private Upload? Find(string id) => uploads.TryGetValue(id, out var upload) && !IsStale(upload) ? upload : null;

    private bool IsStale(Upload upload) => upload.About.BegunAt + Patience < time.GetUtcNow();

    /// <summary>What is kept of an upload beside its parts.</summary>
    private sealed record About(ArtifactAddress Address, int Parts, string SecretHash, DateTimeOffset BegunAt);

    private sealed record Upload(About About)
    {
        /// <summary>The hash of each part that has come in.</summary>
        public ConcurrentDictionary<int, string> Hashes { get; } = new();
    }
}
