using System.Numerics.Tensors;
using Mtl.Core;
using Mtl.Core.Random;
using Mtl.Graph;
using Mtl.Learning.Architectures;
using Mtl.Learning.Classical.Kernels;
using Mtl.Runtime;

namespace Mtl.Learning.Classical.Features;

/// <summary>
/// Radial basis functions around m training rows drawn by the seed: φ(x) = k(x, C)·K^(−½) with k(x, c) = exp(−γ‖x − c‖²) and K = k(C, C), eigenvalues under 1e-6 of the largest left out, or k(x, C) itself.
/// A shared function space: every task is a linear combination of the same functions. Source: Williams and Seeger, "Using the Nyström Method to Speed Up Kernel Machines", 2001; seed document S1, section 3.1.
/// </summary>
internal sealed class RadialFeatures : FeatureSpace
{
    private const double Negligible = 1e-6;

    private readonly RadialKernel kernel;
    private readonly float[] root;

    private RadialFeatures(RadialKernel kernel, float[] root, int width) => (this.kernel, this.root, Width) = (kernel, root, width);

    public override int Width { get; }

    public static Result<FeatureSpace> Fit(RadialOptions options, LearnerData data)
    {
        var centres = Math.Min(options.Centres, data.TrainRows.Length);
        var order = new CounterRandom(data.Seed, "radial centres").Permutation(data.TrainRows.Length);
        int[] rows = [.. order.Take(centres).Select(place => data.TrainRows[place]).Order()];
        var kernel = RadialKernel.Of(data, rows, options.Gamma);
        if (!options.Nystroem)
            return new RadialFeatures(kernel, [], centres);

        var eigen = Moments.Eigen(kernel.Between(kernel), centres).Where((pair, _) => pair.Value > 0).ToArray();
        eigen = [.. eigen.Where(pair => pair.Value > Negligible * eigen[0].Value)];
        var root = new float[centres * eigen.Length];
        for (var k = 0; k < eigen.Length; k++)
            for (var j = 0; j < centres; j++)
                root[j * eigen.Length + k] = (float)(eigen[k].Vector[j] / Math.Sqrt(eigen[k].Value));
        return new RadialFeatures(kernel, root, eigen.Length);
    }

    public override Node Build(ModelScope scope, Node x)
    {
        var similarity = kernel.Build(scope, x);
        return (root.Length == 0 ? similarity : similarity.MatMul(scope.Parameter("root", [kernel.Rows, Width], Initializers.Zeros).Cast(ElementType.Double))).Cast(ElementType.Float);
    }

    internal override float[] Map(float[] features, int rows)
    {
        var (mapped, similar, row) = (new float[checked(rows * Width)], new double[kernel.Rows], new double[kernel.Features]);
        var columns = new double[root.Length];
        for (var j = 0; j < kernel.Rows; j++)
            for (var k = 0; k < Width && root.Length > 0; k++)
                columns[k * kernel.Rows + j] = root[j * Width + k];
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < row.Length; j++)
                row[j] = features[(long)i * row.Length + j];
            kernel.Similarity(row, similar);
            for (var k = 0; k < Width; k++)
                mapped[i * Width + k] = (float)(root.Length == 0 ? similar[k] : TensorPrimitives.Dot<double>(similar, columns.AsSpan(k * kernel.Rows, kernel.Rows)));
        }

        return mapped;
    }

    internal override void Write(FlatBuffer parameters, string path)
    {
        kernel.Write(parameters, path);
        if (root.Length > 0)
            root.CopyTo(parameters[$"{path}/root"]);
    }
}
