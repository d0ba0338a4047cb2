using System.Text;
using System.Text.Json.Nodes;
using Mtl.Core.Signatures;
using Mtl.Graph;
using Mtl.Graph.Onnx;
using Mtl.Learning.Export;

namespace Mtl.Learning.Tests.Export;

/// <summary>The signature of an <c>MLmodel</c> against the graph that it is written for.</summary>
internal static class MlflowSignature
{
    public static void ShouldFit(byte[] onnx, ModelSignature signature)
    {
        var graph = OnnxModel.Read(onnx).Value;
        var files = MlflowLayout.FilesOf(signature, onnx.Length, "run", DateTimeOffset.UnixEpoch);
        var lines = Encoding.UTF8.GetString(files["MLmodel"]).Split('\n');

        Tensors(lines, "inputs").ShouldBe(graph.Inputs.Select(Tensor), ignoreOrder: true);
        Tensors(lines, "outputs").ShouldBe(graph.Outputs.Select(Tensor), ignoreOrder: true);
    }

    private static IEnumerable<string> Tensors(string[] lines, string name)
    {
        var start = $"  {name}: '";
        var scalar = lines.Single(line => line.StartsWith(start, StringComparison.Ordinal))[start.Length..^1].Replace("''", "'", StringComparison.Ordinal);
        return JsonNode.Parse(scalar)!.AsArray().Select(tensor => $"{tensor!["name"]} {tensor["tensor-spec"]!["dtype"]} {tensor["tensor-spec"]!["shape"]!.ToJsonString()}");
    }

    /// <summary>Every dimension that the graph leaves open is -1.</summary>
    private static string Tensor(OnnxValue value) =>
        $"{value.Name} {(value.ElementType == ElementType.Float ? "float32" : "object")} [{string.Join(',', value.Shape!.Select(dimension => dimension.IsKnown ? dimension.Value : -1))}]";
}
