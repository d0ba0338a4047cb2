using MathNet.Numerics.LinearAlgebra;
using Mtl.Learning.Architectures;

namespace Mtl.Learning.Regularizers;

/// <summary>
/// R = w·Σ σᵢ(W), the sum of the task matrix' singular values: the tasks lie in a space of few dimensions. Proximal step: σᵢ ← max(0, σᵢ − ηw).
/// Source: Argyriou, Evgeniou and Pontil, "Convex multi-task feature learning", 2008; Ji and Ye, "An Accelerated Gradient Method for Trace Norm Minimization", 2009.
/// </summary>
public sealed class TraceNorm(TaskMatrixOptions options) : Regularizer
{
    public override bool TiesTasks => true;

    public override bool IsSmooth => false;

    public override double Value(RegularizedWeights weights, Model model, ReadOnlySpan<float> parameters) =>
        options.Weight * TaskMatrix(weights, model, parameters).Svd(computeVectors: false).S.Sum();

    public override void Shrink(RegularizedWeights weights, Model model, Span<float> parameters, double rate)
    {
        var svd = TaskMatrix(weights, model, parameters).Svd();
        var rank = svd.S.Count;
        var kept = svd.S.Map(value => Math.Max(0, value - rate * options.Weight));
        var shrunk = svd.U.SubMatrix(0, svd.U.RowCount, 0, rank) * Matrix<double>.Build.DiagonalOfDiagonalVector(kept) * svd.VT.SubMatrix(0, rank, 0, svd.VT.ColumnCount);
        var column = 0;
        foreach (var head in weights.Heads)
        {
            var values = model.ValuesOf(head, parameters);
            var outputs = (int)head.Shape[1];
            for (var i = 0; i < values.Length; i++)
                values[i] = (float)shrunk[i / outputs, column + i % outputs];
            column += outputs;
        }
    }

    private static Matrix<double> TaskMatrix(RegularizedWeights weights, Model model, ReadOnlySpan<float> parameters)
    {
        var matrix = Matrix<double>.Build.Dense((int)weights.Heads[0].Shape[0], weights.Heads.Sum(head => (int)head.Shape[1]));
        var column = 0;
        foreach (var head in weights.Heads)
        {
            var values = model.ValuesOf(head, parameters);
            var outputs = (int)head.Shape[1];
            for (var i = 0; i < values.Length; i++)
                matrix[i / outputs, column + i % outputs] = values[i];
            column += outputs;
        }

        return matrix;
    }
}
