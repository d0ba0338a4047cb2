using System.Buffers.Binary;

namespace Mtl.EndToEnd.Tests.Hosting;

/// <summary>What a crash or a power cut does to files that were being written: nothing that was flushed is lost, anything after it may be cut off or be garbage.</summary>
internal static class CrashDamage
{
    private const int LogHeaderBytes = 32;
    private const int FrameHeaderBytes = 24;

    /// <summary>Cuts the database's write-ahead log somewhere after its last commit, and puts garbage behind the cut.</summary>
    /// <returns>What was done, for messages.</returns>
    public static string TearLog(string dataFolder, Random random)
    {
        var log = Path.Combine(dataFolder, "mtl.db-wal");
        var bytes = File.ReadAllBytes(log);
        var committed = CommittedBytes(bytes);
        var cut = random.Next(committed, bytes.Length + 1);
        var garbage = new byte[random.Next(1, 20_000)];
        random.NextBytes(garbage);
        File.WriteAllBytes(log, [.. bytes.AsSpan(0, cut), .. garbage]);
        return $"log of {bytes.Length} bytes ({committed} committed) cut at {cut}, {garbage.Length} bytes of garbage behind";
    }

    /// <summary>Cuts the run's newest checkpoint.</summary>
    public static string TearCheckpoint(string dataFolder, string run, Random random)
    {
        var newest = Directory.GetFiles(Path.Combine(dataFolder, "artifacts", run, "checkpoints")).Order(StringComparer.Ordinal).Last();
        using var file = new FileStream(newest, FileMode.Open, FileAccess.Write);
        var (before, after) = (file.Length, random.NextInt64(file.Length));
        file.SetLength(after);
        return $"{Path.GetFileName(newest)} of {before} bytes cut to {after}";
    }

    /// <summary>Leaves files as they are while they are written: half an artifact under its temporary name, an announcement without its end, an index of the log that is garbage.</summary>
    public static string LeaveHalfWrittenFiles(string dataFolder, string run, Random random)
    {
        var newest = File.ReadAllBytes(Directory.GetFiles(Path.Combine(dataFolder, "artifacts", run, "checkpoints")).Order(StringComparer.Ordinal).Last());
        var half = random.Next(newest.Length);
        File.WriteAllBytes(Path.Combine(dataFolder, "artifacts", ".incoming", Guid.NewGuid().ToString("N")), newest[..half]);
        File.WriteAllText(Path.Combine(dataFolder, "server.json.new"), """{ "processId": 4""");
        var index = new byte[32 * 1024];
        random.NextBytes(index);
        File.WriteAllBytes(Path.Combine(dataFolder, "mtl.db-shm"), index);
        return $"{half} of {newest.Length} bytes under a temporary name, half an announcement, garbage as the log's index";
    }

    /// <summary>The end of the last frame that completes a transaction, by SQLite's file format: https://www.sqlite.org/fileformat2.html#walformat.</summary>
    private static int CommittedBytes(byte[] log)
    {
        if (log.Length < LogHeaderBytes)
            return log.Length;
        var frameBytes = FrameHeaderBytes + BinaryPrimitives.ReadInt32BigEndian(log.AsSpan(8));
        var salts = log.AsSpan(16, 8);
        var committed = LogHeaderBytes;
        for (var end = LogHeaderBytes + frameBytes; end <= log.Length; end += frameBytes)
        {
            var header = log.AsSpan(end - frameBytes, FrameHeaderBytes);
            if (!header.Slice(8, 8).SequenceEqual(salts))
                break;
            if (BinaryPrimitives.ReadInt32BigEndian(header[4..]) != 0)
                committed = end;
        }

        return committed;
    }
}
