using Mtl.Graph;
using Mtl.Graph.Onnx;

namespace Mtl.Learning.Probabilistic;

/// <summary>A mixture as a graph and as an ONNX file. It computes in double: with nearly singular covariances single precision would not give a density at all.</summary>
public static class GaussianMixtureExport
{
    public const string Input = "x";
    public const string Responsibilities = "responsibilities";
    public const string LogDensity = "log_density";
    public const string Component = "component";

    /// <summary>
    /// Writes the mixture. Input: <c>x</c>, double [batch, columns]. Outputs: <c>responsibilities</c>, double [batch, components]; <c>log_density</c>, double [batch, 1], in nats; <c>component</c>, int64 [batch, 1], the most responsible one.
    /// </summary>
    public static byte[] ToOnnx(GaussianMixture mixture)
    {
        var x = Node.Input(Input, ElementType.Double, ["batch", mixture.Columns]);
        var (responsibilities, logDensity, component) = Build(mixture, x);
        return OnnxModel.Write(ComputationGraph.Of([(Responsibilities, responsibilities), (LogDensity, logDensity), (Component, component)], [x]));
    }

    /// <summary>The mixture's outputs at x, [batch, columns]; in double whatever x is.</summary>
    public static (Node Responsibilities, Node LogDensity, Node Component) Build(GaussianMixture mixture, Node x)
    {
        var terms = new MixtureTerms(mixture);
        var (k, d) = (mixture.Components, mixture.Columns);
        var wide = x.Cast(ElementType.Double);
        var whitened = mixture.Form switch
        {
            CovarianceForm.Full => wide.MatMul(Constant(Columnwise(terms.Factors, k, d), d, k * d)).Reshape([x.Shape[0], k, d]),
            CovarianceForm.Tied => wide.MatMul(Constant(Columnwise(terms.Factors, 1, d), d, d)).Unsqueeze(1),
            _ => wide.Unsqueeze(1) * Constant(terms.Factors, 1, k, d),
        };
        var squares = (whitened - Constant(terms.Offsets, 1, k, d)).Square().ReduceSum([2]);
        var joint = Constant(terms.Constants, 1, k) - squares * 0.5;
        var highest = joint.ReduceMax([1], keep: true);
        var densities = (joint - highest).Exp();
        var sum = densities.ReduceSum([1], keep: true);
        return (densities / sum, highest + sum.Log(), densities.Cast(ElementType.Float).ArgMax(1, keep: true));
    }

    private static Node Constant(double[] values, params long[] shape) => Node.Constant(TensorValue.Of(ElementType.Double, Shape.From(shape), values));

    /// <summary>[components, d, d] lower triangles L⁻¹ as one matrix [d, components·d], so that a row x times it is every L⁻¹·x.</summary>
    private static double[] Columnwise(double[] factors, int components, int d)
    {
        var matrix = new double[factors.Length];
        for (var k = 0; k < components; k++)
            for (var j = 0; j < d; j++)
                for (var i = 0; i < d; i++)
                    matrix[(i * components * d) + (k * d) + j] = factors[(((k * d) + j) * d) + i];
        return matrix;
    }
}
