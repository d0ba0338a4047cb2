using Mtl.Learning.Architectures;

namespace Mtl.Learning.Regularizers;

/// <summary>
/// R = w·Σⱼ ‖Wⱼ‖₂ over the rows of the task matrix W (L2,1): a feature is used by all tasks or by none. Proximal step: Wⱼ ← Wⱼ·max(0, 1 − ηw/‖Wⱼ‖).
/// Source: Argyriou, Evgeniou and Pontil, "Multi-Task Feature Learning", 2006; Obozinski, Taskar and Jordan, 2010.
/// </summary>
public sealed class GroupNorm(TaskMatrixOptions options) : Regularizer
{
    public override bool TiesTasks => true;

    public override bool IsSmooth => false;

    public override double Value(RegularizedWeights weights, Model model, ReadOnlySpan<float> parameters) => options.Weight * Norms(weights, model, parameters).Sum();

    public override void Shrink(RegularizedWeights weights, Model model, Span<float> parameters, double rate)
    {
        var norms = Norms(weights, model, parameters);
        foreach (var head in weights.Heads)
        {
            var values = model.ValuesOf(head, parameters);
            var columns = values.Length / norms.Length;
            for (var i = 0; i < values.Length; i++)
                values[i] *= norms[i / columns] == 0 ? 0 : (float)Math.Max(0, 1 - rate * options.Weight / norms[i / columns]);
        }
    }

    /// <summary>The norm of each row over all tasks.</summary>
    private static double[] Norms(RegularizedWeights weights, Model model, ReadOnlySpan<float> parameters)
    {
        var squares = new double[weights.Heads[0].Shape[0]];
        foreach (var head in weights.Heads)
        {
            var values = model.ValuesOf(head, parameters);
            var columns = values.Length / squares.Length;
            for (var i = 0; i < values.Length; i++)
                squares[i / columns] += (double)values[i] * values[i];
        }

        return Array.ConvertAll(squares, Math.Sqrt);
    }
}
