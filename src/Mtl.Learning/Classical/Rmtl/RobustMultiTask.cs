using System.Globalization;
using Mtl.Learning.Classical.Linear;
using Mtl.Learning.Classical.Penalties;

namespace Mtl.Learning.Classical.Rmtl;

/// <summary>
/// Robust multi-task learning: W = L + S with λ‖L‖_* for tasks that share a subspace and λq Σₜ‖sₜ‖ for outlier tasks that do not. Each output column counts as a task.
/// Source: Chen, Zhou and Ye, "Integrating Low-Rank and Group-Sparse Structures for Robust Multi-Task Learning", 2011.
/// </summary>
public sealed class RobustMultiTask(RobustMultiTaskOptions options) : LinearMethod(options)
{
    public override string Describe(double scale) => string.Create(CultureInfo.InvariantCulture, $"λ = {options.Lambda * scale:G4}, of outliers {options.Lambda * options.OutlierRatio * scale:G4}");

    internal override PenaltySum At(double scale, LinearShape shape) => new(new TaskCoupling(0), new TraceNormPenalty(options.Lambda * scale), new ColumnGroupPenalty(options.Lambda * options.OutlierRatio * scale));
}
