using System.IO.Compression;
using System.Text;
using Mtl.Application.Collaboration.Archives;
using Mtl.Core;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Runs;

namespace Mtl.Application.Tests.Collaboration;

public sealed class RunArchiveTests
{
    private const string Manifest =
        """
        {"format":"mtl-run","version":1,"exportedAt":"2026-01-02T03:04:05+00:00","run":{"id":"r1","name":"n","experiment":"e","status":"completed","failure":"","user":"","createdAt":"2026-01-01T00:00:00+00:00","startedAt":null,"endedAt":null},"artifacts":[]}
        """;

    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static readonly ArchivedRun Run = new("r1", "first <b>", "houses", RunStatus.Failed, "It broke.", "ada", Now.AddHours(-1), Now.AddMinutes(-50), Now);

    private static readonly DatasetInput Dataset = new("houses", "d1", "local", "{\"uri\":\"/data/houses.csv\"}", "{}", "", new Dictionary<string, string> { ["mlflow.data.context"] = "train" });

    [Fact]
    public async Task What_goes_in_comes_out()
    {
        MetricPoint[] points = [new("loss", 1, 0.1 + 0.2, Now), new("loss", 2, double.NaN, Now), new("a/b \"c\"", -3, double.NegativeInfinity, Now)];
        LogLine[] log = [new(1, 0, Now, LogSeverity.Warning, "two\nlines")];
        var files = new Dictionary<string, byte[]> { ["model.onnx"] = [1, 2, 3], ["plots/ü 1.png"] = new byte[100_000] };
        using var archive = new MemoryStream();
        var contents = new RunContents(
            Run, "{}", new Dictionary<string, string> { ["lr"] = "0.1" }, new Dictionary<string, string> { ["note"] = "# hi" }, [Dataset], points.ToAsyncEnumerable(), log.ToAsyncEnumerable(), [.. files.Keys],
            path => Task.FromResult(Result.Of<Stream>(new MemoryStream(files[path]))));

        await RunArchiveWriter.WriteAsync(archive, contents, Now, CancellationToken.None);

        using var reader = RunArchiveReader.Open(archive, new ArchiveLimits());
        var manifest = await reader.ManifestAsync(CancellationToken.None);
        manifest.Run.ShouldBe(Run);
        manifest.Artifacts.Select(file => (file.Path, file.Bytes)).ShouldBe([("model.onnx", 3), ("plots/ü 1.png", 100_000)]);
        manifest.Artifacts[0].Sha256.ShouldBe("039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81");
        (await reader.TextsAsync("params.json", CancellationToken.None)).ShouldBe([new("lr", "0.1")]);
        (await reader.TextsAsync("tags.json", CancellationToken.None)).ShouldBe([new("note", "# hi")]);
        (await reader.InputsAsync(CancellationToken.None)).Single().ShouldBeEquivalentTo(Dataset);
        (await reader.PointsAsync(CancellationToken.None).ToArrayAsync()).ShouldBe(points);
        (await reader.LogAsync(CancellationToken.None).ToArrayAsync()).ShouldBe(log);
        using var plot = new MemoryStream();
        await using var artifact = reader.OpenArtifact("plots/ü 1.png");
        await artifact.CopyToAsync(plot);
        plot.ToArray().ShouldBe(files["plots/ü 1.png"]);
    }

    [Theory]
    [InlineData("artifacts/../../etc/passwd", "it holds '.', '..' or an empty name")]
    [InlineData("../manifest.json", "it holds '.', '..' or an empty name")]
    [InlineData("artifacts//x", "it holds '.', '..' or an empty name")]
    [InlineData("/etc/passwd", "it is absolute")]
    [InlineData("C:/x", "it is absolute")]
    [InlineData("artifacts\\..\\x", "it holds a '\\'")]
    [InlineData("artifacts/a\nb", "it holds a control character")]
    [InlineData("other.txt", "it is neither below artifacts/ nor one of manifest.json, params.json, tags.json, inputs.json, definition.json, metrics.jsonl, log.jsonl")]
    public void A_name_that_leads_elsewhere_is_refused_before_anything_is_unpacked(string name, string rule) =>
        Refused(Zip(("manifest.json", Manifest), (name, "x"))).ShouldBe($"the name of its entry '{name.Replace('\n', '�')}' is not allowed: {rule}");

    [Fact]
    public void The_same_name_twice_is_refused() =>
        Refused(Zip(("manifest.json", Manifest), ("artifacts/x", "1"), ("artifacts/x", "2"))).ShouldBe("it has the entry 'artifacts/x' more than once");

    [Fact]
    public void Too_many_entries_are_refused() =>
        Refused(Zip([.. Enumerable.Range(0, 11).Select(i => ($"artifacts/{i}", "x"))]), new ArchiveLimits { MaximumEntries = 10 }).ShouldBe("it has 11 entries; at most 10 are allowed");

    [Fact]
    public void A_bomb_that_says_its_size_is_refused_at_once()
    {
        var limits = new ArchiveLimits { FreeBytes = 1000, MaximumRatio = 10 };
        var bomb = Zip(("artifacts/zeros", new string('0', 1_000_000)));

        Refused(bomb, limits).ShouldBe($"what it holds unpacks to 1,000,000 bytes; at most {1000 + (bomb.Length * 10):N0} are allowed for an archive of its size");
    }

    [Fact]
    public async Task A_bomb_that_lies_about_its_size_is_refused_while_it_unpacks()
    {
        var limits = new ArchiveLimits { FreeBytes = 1000, MaximumRatio = 10 };
        var bomb = Zip(("artifacts/zeros", new string('0', 1_000_000)));
        // The sizes that the zip names: little-endian 1,000,000, here made 100.
        ReplaceAll(bomb, BitConverter.GetBytes(1_000_000), BitConverter.GetBytes(100)).ShouldBeGreaterThan(0);
        using var reader = RunArchiveReader.Open(new MemoryStream(bomb), limits);
        await using var artifact = reader.OpenArtifact("zeros");
        using var unpacked = new MemoryStream();

        var copied = await Record.ExceptionAsync(() => artifact.CopyToAsync(unpacked));

        unpacked.Length.ShouldBeLessThan(limits.Budget(bomb.Length));
        // Either the budget ends it, or the framework trusts the size named and gives no more.
        if (copied is not null)
            copied.ShouldBeOfType<ArchiveRefusedException>();
        else
            unpacked.Length.ShouldBe(100);
    }

    [Fact]
    public async Task A_document_larger_than_documents_are_is_refused_while_it_is_read()
    {
        using var reader = RunArchiveReader.Open(new MemoryStream(Zip(("params.json", $"{{\"a\":\"{new string('x', 5000)}\"}}"))), new ArchiveLimits { MaximumDocumentBytes = 1000 });

        (await Should.ThrowAsync<ArchiveRefusedException>(() => reader.TextsAsync("params.json", CancellationToken.None)))
            .Message.ShouldBe("what it holds unpacks to more than 1,000 bytes, the most for an archive of its size");
    }

    [Fact]
    public async Task A_line_without_an_end_is_refused()
    {
        using var reader = RunArchiveReader.Open(new MemoryStream(Zip(("log.jsonl", new string('x', 20_000)))), new ArchiveLimits { MaximumLineCharacters = 10_000 });

        (await Should.ThrowAsync<ArchiveRefusedException>(async () => await reader.LogAsync(CancellationToken.None).ToArrayAsync()))
            .Message.ShouldBe("line 1 of its log.jsonl has more than 10,000 characters");
    }

    [Theory]
    [InlineData("{\"format\":\"zip\"", "its manifest.json can't be read")]
    [InlineData("{}", "its manifest.json can't be read")]
    public async Task A_manifest_that_is_none_is_refused(string manifest, string reason)
    {
        using var reader = RunArchiveReader.Open(new MemoryStream(Zip(("manifest.json", manifest))), new ArchiveLimits());

        (await Should.ThrowAsync<ArchiveRefusedException>(() => reader.ManifestAsync(CancellationToken.None))).Message.ShouldStartWith(reason);
    }

    [Theory]
    [InlineData("\"version\":1", "\"version\":3", "its format has version 3; this server reads versions up to 2")]
    [InlineData("mtl-run", "other", "its format is 'other', not 'mtl-run'")]
    [InlineData("\"artifacts\":[]", "\"artifacts\":[null]", "an artifact in its manifest.json is null")]
    public async Task A_manifest_of_another_kind_is_refused(string right, string wrong, string reason)
    {
        using var reader = RunArchiveReader.Open(new MemoryStream(Zip(("manifest.json", Manifest.Replace(right, wrong, StringComparison.Ordinal)))), new ArchiveLimits());

        (await Should.ThrowAsync<ArchiveRefusedException>(() => reader.ManifestAsync(CancellationToken.None))).Message.ShouldBe(reason);
    }

    [Fact]
    public async Task An_archive_without_a_manifest_is_refused()
    {
        using var reader = RunArchiveReader.Open(new MemoryStream(Zip(("params.json", "{}"))), new ArchiveLimits());

        (await Should.ThrowAsync<ArchiveRefusedException>(() => reader.ManifestAsync(CancellationToken.None))).Message.ShouldBe("it has no manifest.json");
    }

    [Fact]
    public void What_is_no_zip_file_is_refused() => Refused(Encoding.UTF8.GetBytes("PK, but no more")).ShouldStartWith("it is no zip file, or a damaged one");

    [Fact]
    public async Task A_point_that_can_not_be_read_is_named_by_its_line()
    {
        using var reader = RunArchiveReader.Open(new MemoryStream(Zip(("metrics.jsonl", "\n{\"key\":1}"))), new ArchiveLimits());

        (await Should.ThrowAsync<ArchiveRefusedException>(async () => await reader.PointsAsync(CancellationToken.None).ToArrayAsync())).Message.ShouldStartWith("line 2 of its metrics.jsonl can't be read");
    }

    private static string Refused(byte[] archive, ArchiveLimits? limits = null) =>
        Should.Throw<ArchiveRefusedException>(() => RunArchiveReader.Open(new MemoryStream(archive), limits ?? new ArchiveLimits())).Message;

    private static byte[] Zip(params (string Name, string Text)[] entries)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in entries)
            {
                using var writer = new StreamWriter(zip.CreateEntry(name).Open());
                writer.Write(text);
            }
        }

        return stream.ToArray();
    }

    private static int ReplaceAll(byte[] bytes, byte[] old, byte[] replacement)
    {
        var count = 0;
        for (var at = bytes.AsSpan().IndexOf(old); at >= 0; at = bytes.AsSpan().IndexOf(old), count++)
            replacement.CopyTo(bytes, at);
        return count;
    }
}
