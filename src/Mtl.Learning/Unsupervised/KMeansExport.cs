using Mtl.Graph;
using Mtl.Graph.Onnx;

namespace Mtl.Learning.Unsupervised;

/// <summary>k-means' centres as an ONNX file.</summary>
public static class KMeansExport
{
    public const string Input = "x";
    public const string Cluster = "cluster";
    public const string Distance = "distance";

    /// <summary>Writes the centres. Input: <c>x</c>, double [batch, columns]. Outputs: <c>cluster</c>, int64 [batch, 1], the nearest centre; <c>distance</c>, double [batch, clusters], to each centre.</summary>
    /// <param name="centres"><see cref="KMeansFit.Centres"/>.</param>
    public static byte[] ToOnnx(Points centres)
    {
        var x = Node.Input(Input, ElementType.Double, ["batch", centres.Columns]);
        var difference = x.Unsqueeze(1) - Node.Constant(TensorValue.Of([1, centres.Rows, centres.Columns], centres.Values.ToArray()));
        var distance = difference.Square().ReduceSum([2]).Sqrt();
        return OnnxModel.Write(ComputationGraph.Of([(Cluster, (-distance).ArgMax(1, keep: true)), (Distance, distance)], [x]));
    }
}
