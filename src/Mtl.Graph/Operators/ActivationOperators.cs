namespace Mtl.Graph;

/// <summary>
/// Activations, element by element. Where ONNX Runtime has no float64 kernel for one, graphs in <see cref="ElementType.Double"/> compose it of
/// others, so that gradients can be checked in float64.
/// </summary>
public static class ActivationOperators
{
    /// <summary>A slope so steep that HardSigmoid is the unit step for every float but those next to 0.</summary>
    internal const float StepSlope = 1e30f;

    /// <summary>max(0, x).</summary>
    public static Node Relu(this Node x) => Node.Apply(Op.Relu, Attributes.None, x);

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    public static Node Sigmoid(this Node x) => Node.Apply(Op.Sigmoid, Attributes.None, x);

    public static Node Tanh(this Node x) => Node.Apply(Op.Tanh, Attributes.None, x);

    /// <summary>log(1 + eˣ), without overflow.</summary>
    public static Node Softplus(this Node x) => IsDouble(x)
        ? x.Max(0) + (1 + (-x.Abs()).Exp()).Log()
        : Node.Apply(Op.Softplus, Attributes.None, x);

    /// <summary>The error function 2/√π ∫₀ˣ e^(−t²) dt. ONNX Runtime computes it in Float only.</summary>
    public static Node Erf(this Node x) => Node.Apply(Op.Erf, Attributes.None, x);

    /// <summary>max(0, min(1, alpha·x + beta)).</summary>
    public static Node HardSigmoid(this Node x, double alpha = 0.2, double beta = 0.5) => IsDouble(x)
        ? (x * alpha + beta).Clip(0, 1)
        : Node.Apply(Op.HardSigmoid, Attributes.Of(("alpha", alpha), ("beta", beta)), x);

    /// <summary>
    /// 1 where x &gt; 0, else 0; its gradient is zero. In Float this is a HardSigmoid of slope 1e30: on 256×256 it takes 67 µs, a comparison and
    /// Where 123, Sign 214.
    /// </summary>
    public static Node Step(this Node x) => IsDouble(x) ? x.Greater(0).Cast(x.ElementType) : x.HardSigmoid(StepSlope, 0);

    /// <summary>x where positive, else alpha·(eˣ − 1).</summary>
    public static Node Elu(this Node x, double alpha = 1) => IsDouble(x)
        ? x.Relu() + (x.Min(0).Exp() - 1) * alpha
        : Node.Apply(Op.Elu, Attributes.Of(("alpha", alpha)), x);

    /// <summary>x where positive, else alpha·x.</summary>
    public static Node LeakyRelu(this Node x, double alpha = 0.01) => IsDouble(x)
        ? x.Relu() + x.Min(0) * alpha
        : Node.Apply(Op.LeakyRelu, Attributes.Of(("alpha", alpha)), x);

    /// <summary>x·Φ(x) = x·(1 + erf(x/√2))/2 (Hendrycks and Gimpel 2016). ONNX Runtime computes it in Float only.</summary>
    public static Node Gelu(this Node x) => x * ((x * (1 / Math.Sqrt(2))).Erf() + 1) * 0.5;

    /// <summary>GELU's approximation x·(1 + tanh(√(2/π)·(x + 0.044715·x³)))/2, within 0.001 of it.</summary>
    public static Node GeluTanh(this Node x) => x * (((x + x * x * x * 0.044715) * Math.Sqrt(2 / Math.PI)).Tanh() + 1) * 0.5;

    private static bool IsDouble(Node x) => x.ElementType == ElementType.Double;
}
