using System.Globalization;
using Mtl.Learning.Classical.Linear;
using Mtl.Learning.Classical.Penalties;

namespace Mtl.Learning.Classical.Tgl;

/// <summary>
/// Temporal group lasso: λ‖W‖₂,₁ + ½λs Σₜ ‖wₜ₊₁ − wₜ‖² + ½λr‖W‖², for tasks that are one quantity at successive times, in the definition's order: common features, weights that change slowly.
/// Source: Zhou, Yuan, Liu and Ye, "A Multi-Task Learning Formulation for Predicting Disease Progression", 2011.
/// </summary>
public sealed class TemporalGroupLasso(TemporalGroupLassoOptions options) : LinearMethod(options)
{
    public override string Describe(double scale) => string.Create(CultureInfo.InvariantCulture, $"λ = {options.Lambda * scale:G4}");

    internal override PenaltySum At(double scale, LinearShape shape)
    {
        var (lambda, between) = (options.Lambda * scale, new double[shape.Columns, shape.Columns]);
        for (var column = 1; column < shape.Columns; column++)
        {
            between[column, column] += lambda * options.SmoothRatio;
            between[column - 1, column - 1] += lambda * options.SmoothRatio;
            between[column, column - 1] = between[column - 1, column] = -lambda * options.SmoothRatio;
        }

        return new(new TaskCoupling(lambda * options.RidgeRatio, Between: between), new RowGroupPenalty(lambda));
    }
}
