using Mtl.Core.Random;

namespace Mtl.Learning.Architectures;

/// <summary>Fills a parameter's values before training, from a random stream of its own.</summary>
public delegate void Initializer(Span<float> values, CounterRandom random);

/// <summary>The initialisations that layers use.</summary>
public static class Initializers
{
    public static Initializer Zeros { get; } = (values, _) => values.Clear();

    /// <summary>Normal with variance 2/fanIn, for activations that cut off half of their input. Source: He et al., "Delving Deep into Rectifiers", 2015.</summary>
    public static Initializer He(int fanIn) => Normal(Math.Sqrt(2.0 / fanIn));

    /// <summary>Uniform within ±√(6/(fanIn + fanOut)), for linear and symmetric activations. Source: Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks", 2010.</summary>
    public static Initializer Glorot(int fanIn, int fanOut)
    {
        var bound = (float)Math.Sqrt(6.0 / (fanIn + fanOut));
        return (values, random) => random.FillUniform(values, -bound, bound);
    }

    public static Initializer Normal(double deviation) => (values, random) => random.FillNormal(values, 0, (float)deviation);

    public static Initializer Values(IReadOnlyList<float> initial) => (values, _) =>
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = initial[i];
    };
}
