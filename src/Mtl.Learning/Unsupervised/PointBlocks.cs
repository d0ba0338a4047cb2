using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mtl.Learning.State;

namespace Mtl.Learning.Unsupervised;

/// <summary>
/// Points about a centre, laid out for sweeps over rows: blocks of <see cref="Rows"/> rows, each [columns, rows] so that a register holds one column of several rows. The last block is padded with zeros.
/// Blocks are cut into at most <see cref="MostChunks"/> chunks by their number alone; sums are taken per chunk and added in the chunks' order, so a result does not depend on the thread count.
/// </summary>
internal sealed class PointBlocks
{
    /// <summary>Rows of a block: a multiple of 3 and of 2 registers of either width, small enough for a block to stay in the second-level cache beside its scratch.</summary>
    public const int Rows = 192;

    private const int MostChunks = 64;

    private readonly Memory<double> values;
    private readonly int blocksPerChunk;

    private PointBlocks(Points points, double[] centre)
    {
        (Points, Centre, Count) = (points, centre, (points.Rows + Rows - 1) / Rows);
        values = AlignedMemory.Allocate<double>(checked(Count * Rows * points.Columns));
        blocksPerChunk = (Count + MostChunks - 1) / MostChunks;
        ChunkCount = (Count + blocksPerChunk - 1) / blocksPerChunk;
    }

    public Points Points { get; }

    /// <summary>What was subtracted from each row.</summary>
    public double[] Centre { get; }

    public int Columns => Points.Columns;

    /// <summary>Blocks.</summary>
    public int Count { get; }

    public int ChunkCount { get; }

    /// <summary>Blocks about the columns' means, where numbers are as small as they get.</summary>
    public static PointBlocks Of(Points points, int threads)
    {
        var centre = new double[points.Columns];
        for (var row = 0; row < points.Rows; row++)
        {
            var values = points[row];
            for (var column = 0; column < centre.Length; column++)
                centre[column] += values[column];
        }

        for (var column = 0; column < centre.Length; column++)
            centre[column] /= points.Rows;
        return Of(points, centre, threads);
    }

    /// <summary>Blocks about a given centre.</summary>
    public static PointBlocks Of(Points points, double[] centre, int threads)
    {
        var blocks = new PointBlocks(points, centre);
        blocks.ForEachChunk(threads, (_, range) =>
        {
            var values = blocks.values.Span;
            for (var row = range.Start.Value * Rows; row < Math.Min(range.End.Value * Rows, points.Rows); row++)
            {
                var source = points[row];
                var at = (row / Rows * Rows * centre.Length) + (row % Rows);
                for (var column = 0; column < centre.Length; column++)
                    values[at + (column * Rows)] = source[column] - centre[column];
            }
        });
        return blocks;
    }

    /// <summary>[columns, rows] of a block; 64-byte aligned and pinned.</summary>
    public unsafe double* Block(int block) =>
        (double*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(values.Span)) + (long)block * Rows * Columns;

    /// <summary>Rows of a block that are no padding.</summary>
    public int RowsOf(int block) => Math.Min(Rows, Points.Rows - block * Rows);

    /// <summary>Calls <paramref name="body"/> with each chunk and its blocks, on some threads.</summary>
    public void ForEachChunk(int threads, Action<int, Range> body)
    {
        if (threads == 1)
        {
            for (var chunk = 0; chunk < ChunkCount; chunk++)
                body(chunk, BlocksOf(chunk));
            return;
        }

        Parallel.For(0, ChunkCount, new ParallelOptions { MaxDegreeOfParallelism = threads }, chunk => body(chunk, BlocksOf(chunk)));
    }

    /// <summary>Σ over all rows of what <paramref name="value"/> gives for one.</summary>
    public double Sum(int threads, Func<int, double> value)
    {
        var partial = new double[ChunkCount];
        ForEachChunk(threads, (chunk, range) =>
        {
            for (var row = range.Start.Value * Rows; row < Math.Min(range.End.Value * Rows, Points.Rows); row++)
                partial[chunk] += value(row);
        });
        return partial.Sum();
    }

    private Range BlocksOf(int chunk) => new(chunk * blocksPerChunk, Math.Min((chunk + 1) * blocksPerChunk, Count));
}
