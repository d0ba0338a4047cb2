using System.Globalization;
using Mtl.Learning.Classical.Linear;
using Mtl.Learning.Classical.Penalties;

namespace Mtl.Learning.Classical.Dirty;

/// <summary>
/// Dirty model: W = P + Q with λ‖P‖₁,∞ for features that tasks share and λq‖Q‖₁ for those of single tasks. Source: Jalali, Ravikumar, Sanghavi and Ruan, "A Dirty Model for Multi-task Learning", 2010.
/// </summary>
public sealed class Dirty(DirtyOptions options) : LinearMethod(options)
{
    public override string Describe(double scale) => string.Create(CultureInfo.InvariantCulture, $"λ = {options.Lambda * scale:G4}, of the sparse part {options.Lambda * options.SparseRatio * scale:G4}");

    internal override PenaltySum At(double scale, LinearShape shape) => new(new TaskCoupling(0), new RowMaxPenalty(options.Lambda * scale), new L1Penalty(options.Lambda * options.SparseRatio * scale));
}
