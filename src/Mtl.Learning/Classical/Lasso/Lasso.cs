using System.Globalization;
using Mtl.Learning.Classical.Linear;
using Mtl.Learning.Classical.Penalties;

namespace Mtl.Learning.Classical.Lasso;

/// <summary>
/// Lasso for each task by itself: λ‖W‖₁, most weights exactly zero. Each task keeps its own strength of the path.
/// Source: Tibshirani, "Regression Shrinkage and Selection via the Lasso", 1996.
/// </summary>
public sealed class Lasso(LassoOptions options) : LinearMethod(options)
{
    public override bool IsSeparable => true;

    public override string Describe(double scale) => string.Create(CultureInfo.InvariantCulture, $"λ = {options.Lambda * scale:G4}");

    internal override PenaltySum At(double scale, LinearShape shape) => new(new TaskCoupling(0), new L1Penalty(options.Lambda * scale));
}
