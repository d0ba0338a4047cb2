using System.Globalization;
using Mtl.Learning.Classical.Linear;

namespace Mtl.Learning.Classical.Ridge;

/// <summary>
/// Mean-regularised multi-task ridge: ½λ Σₜ ‖wₜ − w̄‖² + ½λ·r·T·‖w̄‖², w̄ the mean of the tasks' weights. Between one ridge per task (r = 1) and one for all (λ → ∞). Each output column counts as a task.
/// Source: Evgeniou and Pontil, "Regularized Multi-Task Learning", 2004.
/// </summary>
public sealed class MeanRidge(MeanRidgeOptions options) : LinearMethod(options)
{
    public override string Describe(double scale) => string.Create(CultureInfo.InvariantCulture, $"λ = {options.Lambda * scale:G4}");

    internal override PenaltySum At(double scale, LinearShape shape) => new(new TaskCoupling(options.Lambda * scale, options.Lambda * scale * (options.MeanRatio - 1)));
}
