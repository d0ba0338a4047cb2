namespace Mtl.Learning.Weightings;

/// <summary>Weights that are the softmax of what is learned.</summary>
internal static class SoftWeights
{
    /// <summary>softmax(logits).</summary>
    public static void Of(ReadOnlySpan<float> logits, Span<float> weights)
    {
        var largest = float.NegativeInfinity;
        foreach (var logit in logits)
            largest = Math.Max(largest, logit);
        var sum = 0f;
        for (var i = 0; i < logits.Length; i++)
            sum += weights[i] = MathF.Exp(logits[i] - largest);
        for (var i = 0; i < logits.Length; i++)
            weights[i] /= sum;
    }

    /// <summary>Turns a gradient in the weights into one in the logits, in place: wₜ(dₜ − Σ wᵢdᵢ).</summary>
    public static void Pull(ReadOnlySpan<float> weights, Span<double> gradient)
    {
        var mean = 0.0;
        for (var i = 0; i < weights.Length; i++)
            mean += weights[i] * gradient[i];
        for (var i = 0; i < weights.Length; i++)
            gradient[i] = weights[i] * (gradient[i] - mean);
    }
}
