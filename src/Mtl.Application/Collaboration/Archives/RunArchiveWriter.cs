using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Mtl.Core.Definitions;

namespace Mtl.Application.Collaboration.Archives;

/// <summary>Writes a run as one zip file, as it goes: nothing of it is held in memory.</summary>
internal static class RunArchiveWriter
{
    private const int BufferBytes = 1 << 16;

    private static readonly byte[] LineEnd = "\n"u8.ToArray();

    public static async Task WriteAsync(Stream target, RunContents contents, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var zip = await ZipArchive.CreateAsync(target, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellation);
        await DocumentAsync(zip, ArchiveEntries.Params, contents.Params, cancellation);
        await DocumentAsync(zip, ArchiveEntries.Tags, contents.Tags, cancellation);
        await DocumentAsync(zip, ArchiveEntries.Inputs, contents.Inputs, cancellation);
        if (contents.Definition is { } definition)
            await WriteAsync(zip, ArchiveEntries.Definition, stream => stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(definition), cancellation).AsTask(), cancellation);
        await LinesAsync(zip, ArchiveEntries.Metrics, contents.Points, cancellation);
        await LinesAsync(zip, ArchiveEntries.Log, contents.Log, cancellation);

        var files = new List<ArchivedFile>();
        foreach (var path in contents.Artifacts)
        {
            if (await ArtifactAsync(zip, path, contents, cancellation) is { } file)
                files.Add(file);
        }

        await DocumentAsync(zip, ArchiveEntries.Manifest, new ArchiveManifest(ArchiveManifest.FormatName, ArchiveManifest.CurrentVersion, now, contents.Run, files), cancellation);
    }

    /// <summary>Null when the file has gone since the run's files were listed.</summary>
    private static async Task<ArchivedFile?> ArtifactAsync(ZipArchive zip, string path, RunContents contents, CancellationToken cancellation)
    {
        var opened = await contents.Open(path);
        if (!opened.IsSuccess)
            return null;
        await using var source = opened.Value;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var bytes = 0L;
        await WriteAsync(
            zip,
            ArchiveEntries.Artifacts + path,
            async stream =>
            {
                var buffer = new byte[BufferBytes];
                int read;
                while ((read = await source.ReadAsync(buffer, cancellation)) > 0)
                {
                    hash.AppendData(buffer, 0, read);
                    bytes += read;
                    await stream.WriteAsync(buffer.AsMemory(0, read), cancellation);
                }
            },
            cancellation);
        return new ArchivedFile(path, bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static Task DocumentAsync<T>(ZipArchive zip, string name, T value, CancellationToken cancellation) =>
        WriteAsync(zip, name, stream => JsonSerializer.SerializeAsync(stream, value, DefinitionJson.Options, cancellation), cancellation);

    private static Task LinesAsync<T>(ZipArchive zip, string name, IAsyncEnumerable<T> items, CancellationToken cancellation) => WriteAsync(
        zip,
        name,
        async stream =>
        {
            await foreach (var item in items.WithCancellation(cancellation))
            {
                await stream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(item, DefinitionJson.Options), cancellation);
                await stream.WriteAsync(LineEnd, cancellation);
            }
        },
        cancellation);

    private static async Task WriteAsync(ZipArchive zip, string name, Func<Stream, Task> write, CancellationToken cancellation)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        await using var stream = await entry.OpenAsync(cancellation);
        await using var buffered = new BufferedStream(stream, BufferBytes);
        await write(buffered);
    }
}
