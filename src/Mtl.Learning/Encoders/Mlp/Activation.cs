using Mtl.Graph;
using Mtl.Learning.Architectures;

namespace Mtl.Learning.Encoders.Mlp;

/// <summary>What follows a linear layer.</summary>
public enum Activation
{
    /// <summary>max(0, x).</summary>
    Relu,

    /// <summary>x·Φ(x), Φ the normal distribution function. Source: Hendrycks and Gimpel, "Gaussian Error Linear Units", 2016.</summary>
    Gelu,

    Tanh,

    /// <summary>x·σ(x). Source: Elfwing, Uchibe and Doya, "Sigmoid-weighted linear units", 2018.</summary>
    Silu,
}

internal static class Activations
{
    public static Node Apply(this Activation activation, Node x) => activation switch
    {
        Activation.Relu => x.Relu(),
        Activation.Gelu => x.Gelu(),
        Activation.Tanh => x.Tanh(),
        Activation.Silu => x * x.Sigmoid(),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, null),
    };

    public static Initializer Initializer(this Activation activation, int inputs, int outputs) =>
        activation == Activation.Tanh ? Initializers.Glorot(inputs, outputs) : Initializers.He(inputs);
}
