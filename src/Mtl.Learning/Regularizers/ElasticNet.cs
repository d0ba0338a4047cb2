using Mtl.Learning.Architectures;

namespace Mtl.Learning.Regularizers;

/// <summary>
/// R = w·(ρ·Σ|θᵢ| + ½(1 − ρ)·Σ θᵢ²), by the proximal step θᵢ ← sign(θᵢ)·max(0, |θᵢ| − ηwρ)/(1 + ηw(1 − ρ)). Source: Zou and Hastie, "Regularization and variable selection via the elastic net", 2005.
/// </summary>
public class ElasticNet(ElasticNetOptions options) : Regularizer
{
    public override bool IsSmooth => false;

    public override double Value(RegularizedWeights weights, Model model, ReadOnlySpan<float> parameters)
    {
        var sum = 0.0;
        foreach (var weight in weights.Of(options.On))
            foreach (var value in model.ValuesOf(weight, parameters))
                sum += options.Ratio * Math.Abs((double)value) + (1 - options.Ratio) / 2 * value * value;
        return options.Weight * sum;
    }

    public override void Shrink(RegularizedWeights weights, Model model, Span<float> parameters, double rate)
    {
        var threshold = (float)(rate * options.Weight * options.Ratio);
        var scale = (float)(1 / (1 + rate * options.Weight * (1 - options.Ratio)));
        foreach (var weight in weights.Of(options.On))
            foreach (ref var value in model.ValuesOf(weight, parameters))
                value = MathF.CopySign(MathF.Max(0, MathF.Abs(value) - threshold) * scale, value);
    }
}
