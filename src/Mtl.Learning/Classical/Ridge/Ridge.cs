using System.Globalization;
using Mtl.Learning.Classical.Linear;

namespace Mtl.Learning.Classical.Ridge;

/// <summary>
/// Ridge regression for each task by itself (logistic for classes): ½λ‖wₜ‖². In closed form for regression, by Newton's method for classes. Each task keeps its own strength of the path. What the other
/// classical methods are compared with. Source: Hoerl and Kennard, "Ridge Regression: Biased Estimation for Nonorthogonal Problems", 1970.
/// </summary>
public sealed class Ridge(RidgeOptions options) : LinearMethod(options)
{
    public override bool IsSeparable => true;

    public override string Describe(double scale) => string.Create(CultureInfo.InvariantCulture, $"λ = {options.Lambda * scale:G4}");

    internal override PenaltySum At(double scale, LinearShape shape) => new(new TaskCoupling(options.Lambda * scale));
}
