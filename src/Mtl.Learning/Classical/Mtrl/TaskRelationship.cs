using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using Mtl.Learning.Classical.Linear;
using Mtl.Learning.Classical.Penalties;

namespace Mtl.Learning.Classical.Mtrl;

/// <summary>
/// Multi-task relationship learning: ½λ·tr(WΩ⁻¹Wᵀ) + ½λr‖W‖² over W and a covariance Ω ⪰ 0, tr Ω = 1, of the output columns. The problem is convex in both, and its best Ω is (WᵀW)^½/tr, which
/// leaves ½λ‖W‖_*²; that is solved directly, with a duality gap, instead of by alternating, and Ω follows from the solution (<see cref="Covariance"/>).
/// Source: Zhang and Yeung, "A Convex Formulation for Learning Task Relationships in Multi-Task Learning", 2010.
/// </summary>
public sealed class TaskRelationship(TaskRelationshipOptions options) : LinearMethod(options)
{
    public override string Describe(double scale) => string.Create(CultureInfo.InvariantCulture, $"λ = {options.Lambda * scale:G4}");

    /// <summary>Ω = (WᵀW)^½ / tr (WᵀW)^½, [columns, columns]: how the columns go together.</summary>
    /// <param name="weights">W, [features, columns]; not all zero.</param>
    public static double[,] Covariance(double[,] weights)
    {
        var w = Matrix<double>.Build.DenseOfArray(weights);
        var eigen = w.TransposeThisAndMultiply(w).Evd(Symmetricity.Symmetric);
        var roots = eigen.EigenValues.Map(value => Math.Sqrt(Math.Max(value.Real, 0)));
        return (eigen.EigenVectors * Matrix<double>.Build.DenseOfDiagonalVector(roots / roots.Sum()) * eigen.EigenVectors.Transpose()).ToArray();
    }

    internal override PenaltySum At(double scale, LinearShape shape) => new(new TaskCoupling(options.Lambda * options.RidgeRatio * scale), new SquaredTraceNormPenalty(options.Lambda * scale));
}
