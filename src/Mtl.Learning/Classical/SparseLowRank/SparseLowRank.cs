using System.Globalization;
using Mtl.Learning.Classical.Linear;
using Mtl.Learning.Classical.Penalties;

namespace Mtl.Learning.Classical.SparseLowRank;

/// <summary>
/// Sparse plus low rank: W = P + Q with λ‖P‖_* for directions that tasks share and λq‖Q‖₁ for single weights beside them; the paper's bound on ‖P‖_* as a penalty.
/// Source: Chen, Liu and Ye, "Learning Incoherent Sparse and Low-Rank Patterns from Multiple Tasks", 2010.
/// </summary>
public sealed class SparseLowRank(SparseLowRankOptions options) : LinearMethod(options)
{
    public override string Describe(double scale) => string.Create(CultureInfo.InvariantCulture, $"λ = {options.Lambda * scale:G4}, of the sparse part {options.Lambda * options.SparseRatio * scale:G4}");

    internal override PenaltySum At(double scale, LinearShape shape) => new(new TaskCoupling(0), new TraceNormPenalty(options.Lambda * scale), new L1Penalty(options.Lambda * options.SparseRatio * scale));
}
