using System.Numerics.Tensors;
using Mtl.Graph;
using Mtl.Learning.Architectures;
using Mtl.Runtime;

namespace Mtl.Learning.Classical.Features;

/// <summary>A linear feature space: z = (x − μ)·V.</summary>
internal sealed class Projection(double[] means, double[][] directions) : FeatureSpace
{
    public override int Width => directions.Length;

    /// <summary>The directions, each of the features' length.</summary>
    public IReadOnlyList<double[]> Directions => directions;

    public override Node Build(ModelScope scope, Node x) => scope.Linear(x, Width);

    internal override float[] Map(float[] features, int rows)
    {
        var (mapped, row) = (new float[checked(rows * Width)], new double[means.Length]);
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < row.Length; j++)
                row[j] = features[(long)i * row.Length + j] - means[j];
            for (var k = 0; k < Width; k++)
                mapped[i * Width + k] = (float)TensorPrimitives.Dot<double>(row, directions[k]);
        }

        return mapped;
    }

    internal override void Write(FlatBuffer parameters, string path)
    {
        var weight = parameters[$"{path}/weight"];
        var bias = parameters[$"{path}/bias"];
        for (var k = 0; k < Width; k++)
        {
            for (var j = 0; j < means.Length; j++)
                weight[j * Width + k] = (float)directions[k][j];
            bias[k] = (float)-TensorPrimitives.Dot<double>(means, directions[k]);
        }
    }
}
