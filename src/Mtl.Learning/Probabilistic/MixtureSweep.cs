using System.Collections.Concurrent;
using Mtl.Learning.Unsupervised;
using Mtl.Learning.Vectors;

namespace Mtl.Learning.Probabilistic;

/// <summary>Passes over all points with one mixture: a block at a time, expectation and moments while the block is in the cache.</summary>
/// <param name="blocks">The points.</param>
/// <param name="mixture">The mixture, in the blocks' coordinates.</param>
/// <param name="threads">At least 1.</param>
internal sealed unsafe class MixtureSweep(PointBlocks blocks, GaussianMixture mixture, int threads)
{
    private readonly MixtureTerms terms = new(mixture);
    private readonly ConcurrentBag<MixtureScratch> idle = [];

    /// <summary>Moments under the mixture's responsibilities, and the log-likelihood.</summary>
    public MixtureMoments Expect() => Sum((block, scratch) => DoubleLanes.Run(new ExpectationKernel(terms, blocks.Block(block), scratch)));

    /// <summary>Moments when each row belongs to one component wholly; the log-likelihood is 0.</summary>
    public MixtureMoments Count(IReadOnlyList<int> labels) => Sum((block, scratch) =>
    {
        new Span<double>(scratch.Responsibilities, (terms.Components + 1) * PointBlocks.Rows).Clear();
        for (var row = 0; row < blocks.RowsOf(block); row++)
            scratch.Responsibilities[(labels[(block * PointBlocks.Rows) + row] * PointBlocks.Rows) + row] = 1;
    });

    /// <summary>Each row's log density, and its responsibilities [rows, components].</summary>
    public void Evaluate(double[] logDensity, double[] responsibilities) => blocks.ForEachChunk(threads, (_, range) =>
    {
        var scratch = Rent();
        for (var block = range.Start.Value; block < range.End.Value; block++)
        {
            DoubleLanes.Run(new ExpectationKernel(terms, blocks.Block(block), scratch));
            for (var row = 0; row < blocks.RowsOf(block); row++)
            {
                var at = (block * PointBlocks.Rows) + row;
                logDensity[at] = scratch.LogDensity[row];
                for (var k = 0; k < terms.Components; k++)
                    responsibilities[(at * terms.Components) + k] = scratch.Responsibilities[(k * PointBlocks.Rows) + row];
            }
        }

        idle.Add(scratch);
    });

    private MixtureMoments Sum(Action<int, MixtureScratch> expect)
    {
        var partial = new MixtureMoments[blocks.ChunkCount];
        blocks.ForEachChunk(threads, (chunk, range) =>
        {
            var scratch = Rent();
            var moments = partial[chunk] = NewMoments();
            for (var block = range.Start.Value; block < range.End.Value; block++)
            {
                expect(block, scratch);
                Forget(scratch, blocks.RowsOf(block));
                for (var row = 0; row < blocks.RowsOf(block); row++)
                    moments.LogLikelihood += scratch.LogDensity[row];
                DoubleLanes.Run(new MomentsKernel(terms, blocks.Block(block), scratch, moments));
            }

            idle.Add(scratch);
        });
        var total = NewMoments();
        foreach (var moments in partial)
            total.Add(moments);
        return total;
    }

    /// <summary>Nobody is responsible for padding.</summary>
    private void Forget(MixtureScratch scratch, int rows)
    {
        if (rows == PointBlocks.Rows)
            return;
        for (var k = 0; k < terms.Components; k++)
            new Span<double>(scratch.Responsibilities + (k * PointBlocks.Rows) + rows, PointBlocks.Rows - rows).Clear();
    }

    private MixtureMoments NewMoments() => new(terms.Form, terms.Components, terms.Columns);

    private MixtureScratch Rent() => idle.TryTake(out var scratch) ? scratch : new MixtureScratch(terms.Components, terms.Columns);
}
