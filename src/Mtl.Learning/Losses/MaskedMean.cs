using Mtl.Graph;

namespace Mtl.Learning.Losses;

/// <summary>
/// The mean over a batch's labelled rows: Σᵢ wᵢ·ℓᵢ with wᵢ = 1/n for the n labelled rows and 0 for the others, so that it is 0, and its gradient too, where no row is labelled.
/// A product wᵀ·ℓ rather than a sum over all, because ONNX Runtime adds up such a sum in an order that depends on the number of threads.
/// </summary>
public static class MaskedMean
{
    /// <param name="perRow">float [batch, 1].</param>
    /// <param name="weights">float [batch, 1], from <see cref="FillWeights"/>.</param>
    /// <returns>A scalar.</returns>
    public static Node Of(Node perRow, Node weights) => weights.Gemm(perRow, transA: true).Reshape(Shape.Scalar);

    /// <summary>Turns a mask (1 for a labelled row, 0 for others) into weights in place, and gives the number of labelled rows.</summary>
    public static int FillWeights(Span<float> mask)
    {
        var labelled = 0;
        foreach (var row in mask)
            labelled += row != 0 ? 1 : 0;
        if (labelled is 0 or 1)
            return labelled;
        var weight = 1f / labelled;
        for (var i = 0; i < mask.Length; i++)
            mask[i] *= weight;
        return labelled;
    }
}
