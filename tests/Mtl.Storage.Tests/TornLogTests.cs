namespace Mtl.Storage.Tests;

/// <summary>A crash leaves the write-ahead log cut off anywhere, with garbage or zeros behind the cut. What was acknowledged before the cut is there, and no half batch.</summary>
public sealed class TornLogTests : IDisposable
{
    private const int Batches = 25;
    private const int Cuts = 40;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1, Tail.Nothing)]
    [InlineData(2, Tail.Zeros)]
    [InlineData(3, Tail.Garbage)]
    public async Task Every_batch_acknowledged_before_the_cut_is_there_and_no_other(int seed, Tail tail)
    {
        var original = folder.File("original");
        var acknowledged = new List<long>();
        byte[] database, log;
        using (var storage = ServerStorage.Open(original).Value)
        {
            await MetricBatches.PrepareAsync(storage);
            var logFile = storage.Folder.DatabaseFile + "-wal";
            acknowledged.Add(new FileInfo(logFile).Length);
            for (var batch = 0; batch < Batches; batch++)
            {
                await MetricBatches.WriteAsync(storage, batch);
                acknowledged.Add(new FileInfo(logFile).Length);
            }

            database = Read(storage.Folder.DatabaseFile);
            log = Read(logFile);
        }

        acknowledged.ShouldBeInOrder(SortDirection.Ascending);
        acknowledged.Distinct().Count().ShouldBe(Batches + 1, "the log was not folded into the database meanwhile");
        var random = new Random(seed);
        for (var i = 0; i < Cuts; i++)
        {
            var cut = random.Next((int)acknowledged[0], log.Length + 1);
            var torn = folder.File($"torn{i}");
            Directory.CreateDirectory(torn);
            File.WriteAllBytes(Path.Combine(torn, "mtl.db"), database);
            File.WriteAllBytes(Path.Combine(torn, "mtl.db-wal"), [.. log.AsSpan(0, cut), .. TailOf(tail, log.Length - cut, random)]);

            using var storage = ServerStorage.Open(torn).Value;

            (await MetricBatches.CountAsync(storage)).ShouldBe(acknowledged.Count(length => length <= cut) - 1, $"cut at {cut} of {log.Length}");
            await MetricBatches.WriteAsync(storage, acknowledged.Count(length => length <= cut) - 1);
        }
    }

    /// <summary>What lies behind the cut.</summary>
    public enum Tail
    {
        Nothing,
        Zeros,
        Garbage,
    }

    private static byte[] TailOf(Tail tail, int length, Random random)
    {
        var bytes = new byte[tail == Tail.Nothing ? 0 : length];
        if (tail == Tail.Garbage)
            random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
