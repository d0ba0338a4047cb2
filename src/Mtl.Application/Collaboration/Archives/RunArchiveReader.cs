using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Mtl.Core.Definitions;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Runs;

namespace Mtl.Application.Collaboration.Archives;

/// <summary>
/// Reads a run's archive that may be hostile: names are judged before anything is unpacked, and every byte that comes out is counted against <see cref="ArchiveLimits"/>.
/// Members throw <see cref="ArchiveRefusedException"/> with the reason.
/// </summary>
internal sealed class RunArchiveReader : IDisposable
{
    private readonly ZipArchive zip;
    private readonly ArchiveLimits limits;
    private readonly ByteBudget budget;

    private RunArchiveReader(ZipArchive zip, ArchiveLimits limits, long archiveBytes) => (this.zip, this.limits, budget) = (zip, limits, new ByteBudget(limits.Budget(archiveBytes)));

    /// <summary>Opens an archive on a seekable stream and judges the list of its entries.</summary>
    public static RunArchiveReader Open(Stream archive, ArchiveLimits limits)
    {
        ZipArchive? zip = null;
        try
        {
            zip = new ZipArchive(archive, ZipArchiveMode.Read, leaveOpen: true);
            Judge(zip, limits, archive.Length);
            var reader = new RunArchiveReader(zip, limits, archive.Length);
            zip = null;
            return reader;
        }
        catch (InvalidDataException e)
        {
            throw new ArchiveRefusedException($"it is no zip file, or a damaged one ({e.Message.TrimEnd('.')})");
        }
        finally
        {
            zip?.Dispose();
        }
    }

    public async Task<ArchiveManifest> ManifestAsync(CancellationToken cancellation)
    {
        var manifest = await DocumentAsync<ArchiveManifest>(ArchiveEntries.Manifest, cancellation) ?? throw new ArchiveRefusedException($"it has no {ArchiveEntries.Manifest}");
        return manifest switch
        {
            { Format: not ArchiveManifest.FormatName } => throw new ArchiveRefusedException($"its format is '{Shown(manifest.Format)}', not '{ArchiveManifest.FormatName}'"),
            { Version: > ArchiveManifest.CurrentVersion } => throw new ArchiveRefusedException(
                $"its format has version {manifest.Version}; this server reads versions up to {ArchiveManifest.CurrentVersion}"),
            { Artifacts: var files } when files.Any(file => file is null) => throw new ArchiveRefusedException($"an artifact in its {ArchiveEntries.Manifest} is null"),
            _ => manifest,
        };
    }

    /// <summary>The params or the tags.</summary>
    public async Task<IReadOnlyDictionary<string, string>> TextsAsync(string name, CancellationToken cancellation)
    {
        var texts = await DocumentAsync<Dictionary<string, string?>>(name, cancellation) ?? [];
        return texts.ToDictionary(text => text.Key, text => text.Value ?? throw new ArchiveRefusedException($"'{Shown(text.Key)}' in its {name} is null"));
    }

    public async Task<IReadOnlyList<DatasetInput>> InputsAsync(CancellationToken cancellation) =>
        [.. (await DocumentAsync<List<DatasetInput?>>(ArchiveEntries.Inputs, cancellation) ?? []).Select(input => input ?? throw new ArchiveRefusedException($"a dataset in its {ArchiveEntries.Inputs} is null"))];

    public IAsyncEnumerable<MetricPoint> PointsAsync(CancellationToken cancellation) => LinesAsync<MetricPoint>(ArchiveEntries.Metrics, cancellation);

    public IAsyncEnumerable<LogLine> LogAsync(CancellationToken cancellation) => LinesAsync<LogLine>(ArchiveEntries.Log, cancellation);

    /// <summary>Opens an artifact that the manifest names.</summary>
    public Stream OpenArtifact(string path) => Open(ArchiveEntries.Artifacts + path) ?? throw new ArchiveRefusedException($"the artifact '{Shown(path)}' that its manifest names is missing");

    public void Dispose() => zip.Dispose();

    private static void Judge(ZipArchive zip, ArchiveLimits limits, long archiveBytes)
    {
        if (zip.Entries.Count > limits.MaximumEntries)
            throw new ArchiveRefusedException($"it has {zip.Entries.Count:N0} entries; at most {limits.MaximumEntries:N0} are allowed");
        if (zip.Entries.FirstOrDefault(entry => ArchiveEntries.Refuse(entry.FullName) is not null) is { } bad)
            throw new ArchiveRefusedException($"the name of its entry '{Shown(bad.FullName)}' is not allowed: {ArchiveEntries.Refuse(bad.FullName)}");
        if (zip.Entries.GroupBy(entry => entry.FullName, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArchiveRefusedException($"it has the entry '{Shown(twice.Key)}' more than once");
        var claimed = zip.Entries.Aggregate(0.0, (sum, entry) => sum + entry.Length);
        if (claimed > limits.Budget(archiveBytes))
            throw new ArchiveRefusedException($"what it holds unpacks to {claimed:N0} bytes; at most {limits.Budget(archiveBytes):N0} are allowed for an archive of its size");
    }

    private static string Shown(string text)
    {
        var printable = string.Concat(text.Select(c => char.IsControl(c) ? '�' : c));
        return printable.Length <= 100 ? printable : $"{printable[..100]}…";
    }

    private BudgetStream? Open(string name, params ByteBudget[] more) => zip.GetEntry(name) is { } entry ? new BudgetStream(Unpacked(entry), [budget, .. more]) : null;

    private static Stream Unpacked(ZipArchiveEntry entry)
    {
        try
        {
            return entry.Open();
        }
        catch (InvalidDataException e)
        {
            throw new ArchiveRefusedException($"its entry '{Shown(entry.FullName)}' is damaged ({e.Message.TrimEnd('.')})");
        }
    }

    private async Task<T?> DocumentAsync<T>(string name, CancellationToken cancellation)
        where T : class
    {
        await using var stream = Open(name, new ByteBudget(limits.MaximumDocumentBytes));
        if (stream is null)
            return null;
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(stream, DefinitionJson.Options, cancellation);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            throw new ArchiveRefusedException($"its {name} can't be read ({e.Message.TrimEnd('.')})");
        }
    }

    private async IAsyncEnumerable<T> LinesAsync<T>(string name, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var stream = Open(name);
        if (stream is null)
            yield break;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var number = 0L;
        var line = new StringBuilder();
        var buffer = new char[8192];
        int read;
        while ((read = await ReadAsync(reader, buffer, name, cancellation)) > 0)
        {
            for (var start = 0; start < read;)
            {
                var end = buffer.AsSpan(start, read - start).IndexOf('\n');
                line.Append(buffer, start, (end < 0 ? read : start + end) - start);
                if (line.Length > limits.MaximumLineCharacters)
                    throw new ArchiveRefusedException($"line {number + 1} of its {name} has more than {limits.MaximumLineCharacters:N0} characters");
                if (end < 0)
                    break;
                start += end + 1;
                number++;
                if (line.Length > 0)
                    yield return Parse<T>(line.ToString(), name, number);
                line.Clear();
            }
        }

        if (line.Length > 0)
            yield return Parse<T>(line.ToString(), name, number + 1);
    }

    private static async ValueTask<int> ReadAsync(StreamReader reader, char[] buffer, string name, CancellationToken cancellation)
    {
        try
        {
            return await reader.ReadAsync(buffer, cancellation);
        }
        catch (InvalidDataException e)
        {
            throw new ArchiveRefusedException($"its {name} is damaged ({e.Message.TrimEnd('.')})");
        }
    }

    private static T Parse<T>(string line, string name, long number)
    {
        var parsed = DefinitionJson.Read<T>(line);
        return parsed.IsSuccess ? parsed.Value : throw new ArchiveRefusedException($"line {number} of its {name} can't be read ({parsed.Error.Message.TrimEnd('.')})");
    }
}
