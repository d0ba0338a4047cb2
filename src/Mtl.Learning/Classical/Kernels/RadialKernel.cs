using System.Numerics.Tensors;
using Mtl.Graph;
using Mtl.Learning.Architectures;
using Mtl.Runtime;

namespace Mtl.Learning.Classical.Kernels;

/// <summary>k(x, r) = exp(−γ‖x − r‖²) against some rows r, in double precision here and as plain nodes in the graph.</summary>
internal sealed class RadialKernel
{
    private readonly double[] rows;
    private readonly double gamma;

    private RadialKernel(double[] rows, int features, double gamma) => (this.rows, Features, this.gamma) = (rows, features, gamma);

    public int Features { get; }

    public int Rows => rows.Length / Features;

    /// <param name="data">Where the rows are.</param>
    /// <param name="indices">The rows.</param>
    /// <param name="gamma">γ; 0 for 1/features.</param>
    public static RadialKernel Of(LearnerData data, int[] indices, double gamma)
    {
        var d = data.FeatureCount;
        var rows = new double[checked(indices.Length * d)];
        for (var i = 0; i < indices.Length; i++)
            for (var j = 0; j < d; j++)
                rows[i * d + j] = data.Features[(long)indices[i] * d + j];
        return new RadialKernel(rows, d, gamma > 0 ? gamma : 1.0 / d);
    }

    /// <summary>k(x, r) for all rows.</summary>
    public void Similarity(ReadOnlySpan<double> x, Span<double> similarity)
    {
        for (var i = 0; i < Rows; i++)
        {
            var distance = TensorPrimitives.Distance(x, rows.AsSpan(i * Features, Features));
            similarity[i] = Math.Exp(-gamma * distance * distance);
        }
    }

    /// <summary>k between the rows and another's, [rows, other's rows].</summary>
    public double[] Between(RadialKernel other)
    {
        var matrix = new double[checked(Rows * other.Rows)];
        for (var i = 0; i < Rows; i++)
            other.Similarity(rows.AsSpan(i * Features, Features), matrix.AsSpan(i * other.Rows, other.Rows));
        return matrix;
    }

    /// <summary>float [batch, features] to double [batch, rows], by ‖x‖² − 2x·r + ‖r‖²: the terms cancel, and large weights of opposite sign follow, so single precision would not do.</summary>
    public Node Build(ModelScope scope, Node x)
    {
        x = x.Cast(ElementType.Double);
        var parameter = scope.Parameter("rows", [Rows, Features], Initializers.Zeros).Cast(ElementType.Double);
        var norms = parameter.Square().ReduceSum([1], keep: true).Transpose(1, 0);
        var distances = x.Gemm(parameter, norms, transB: true, alpha: -2) + x.Square().ReduceSum([1], keep: true);
        return (distances.Max(0) * -gamma).Exp();
    }

    /// <summary>A linear layer on similarities, computed in double precision: double [batch, rows] to float [batch, outputs].</summary>
    public static Node Combine(ModelScope scope, Node similarity, int outputs)
    {
        var weight = scope.Parameter("weight", [(int)similarity.Shape[^1].Value, outputs], Initializers.Zeros).Cast(ElementType.Double);
        var bias = scope.Parameter("bias", [outputs], Initializers.Zeros).Cast(ElementType.Double);
        return similarity.Dense(weight, bias).Cast(ElementType.Float);
    }

    public void Write(FlatBuffer parameters, string path)
    {
        var target = parameters[$"{path}/rows"];
        for (var i = 0; i < rows.Length; i++)
            target[i] = (float)rows[i];
    }
}
