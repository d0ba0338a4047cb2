using Mtl.Learning.Vectors;

namespace Mtl.Learning.Weightings;

/// <summary>Parameters that one or more steps along weighted gradients would lead to.</summary>
internal sealed class LookAhead(int length)
{
    private readonly float[] parameters = new float[length];
    private readonly float[] direction = new float[length];

    /// <summary>Where the steps have led.</summary>
    public ReadOnlySpan<float> Parameters => parameters;

    /// <summary>Σ weightₜ·gₜ of the last step.</summary>
    public ReadOnlySpan<float> Direction => direction;

    public void Begin(ReadOnlySpan<float> from) => from.CopyTo(parameters);

    /// <summary>θ ← θ − rate · Σ weightₜ·gₜ.</summary>
    public void Step(GradientMatrix gradients, ReadOnlySpan<float> weights, double rate)
    {
        gradients.Combine(weights, direction);
        Blend.Into(parameters, 1, direction, (float)-rate);
    }
}
