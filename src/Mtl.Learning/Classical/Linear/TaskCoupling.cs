using System.Numerics.Tensors;

namespace Mtl.Learning.Classical.Linear;

/// <summary>
/// The quadratic penalty ½·ridge·‖W‖² + ½·mean·C·‖w̄‖² + ½ Σ A_cc'·⟨w_c, w_c'⟩ over the C columns' weights, w̄ their mean: positive semidefinite in all. Intercepts are free.
/// </summary>
/// <param name="Ridge">Of every column by itself.</param>
/// <param name="Mean">Of the columns' mean; may be as little as −ridge.</param>
/// <param name="Between">A, [columns, columns], symmetric; null for none.</param>
internal sealed record TaskCoupling(double Ridge, double Mean = 0, double[,]? Between = null)
{
    public double Diagonal(int column, int columns) => Ridge + Mean / columns + (Between?[column, column] ?? 0);

    /// <summary>Adds the penalty's Hessian times <paramref name="w"/>, which is also its gradient there.</summary>
    public void AddTimes(LinearShape shape, ReadOnlySpan<double> w, Span<double> result)
    {
        var mean = new double[shape.Features];
        for (var c = 0; Mean != 0 && c < shape.Columns; c++)
            TensorPrimitives.MultiplyAdd(w[shape.Weights(c)], Mean / shape.Columns, mean, mean);
        for (var c = 0; c < shape.Columns; c++)
        {
            var target = result[shape.Weights(c)];
            if (Ridge != 0)
                TensorPrimitives.MultiplyAdd(w[shape.Weights(c)], Ridge, target, target);
            if (Mean != 0)
                TensorPrimitives.Add(target, mean, target);
            for (var other = 0; Between is not null && other < shape.Columns; other++)
                if (Between[c, other] is var weight and not 0)
                    TensorPrimitives.MultiplyAdd(w[shape.Weights(other)], weight, target, target);
        }
    }
}
