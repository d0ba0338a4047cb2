using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Mtl.Graph;
using Mtl.Graph.Onnx;

namespace Mtl.Testing.Graphs;

/// <summary>Runs nodes in ONNX Runtime as they are written to files: one session, any number of runs.</summary>
public sealed class Evaluation : IDisposable
{
    private readonly InferenceSession session;
    private readonly ComputationGraph graph;
    private readonly RunOptions options = new();

    public Evaluation(params IReadOnlyList<Node> outputs)
    {
        graph = ComputationGraph.Of([.. outputs.Select((o, i) => ($"out{i}", o))]);
        using var settings = new SessionOptions { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        session = new(OnnxModel.Write(graph), settings);
    }

    /// <summary>The value of one node.</summary>
    public static TensorValue Of(Node node, params IReadOnlyList<(Node Input, TensorValue Value)> at)
    {
        using var evaluation = new Evaluation(node);
        return evaluation.Run(at)[0];
    }

    /// <summary>The outputs' values; inputs that the outputs do not need are left out.</summary>
    public IReadOnlyList<TensorValue> Run(params IReadOnlyList<(Node Input, TensorValue Value)> at)
    {
        var used = at.Where(a => graph.Inputs.Contains(a.Input)).ToArray();
        var values = used.Select(a => ToOrt(a.Value)).ToArray();
        try
        {
            using var results = session.Run(options, [.. used.Select(a => a.Input.Name!)], values, [.. graph.Outputs.Select(o => o.Name)]);
            var outputs = results.Select(FromOrt).ToArray();
            CheckShapes(used, outputs);
            return outputs;
        }
        finally
        {
            foreach (var value in values) value.Dispose();
        }
    }

    public void Dispose()
    {
        session.Dispose();
        options.Dispose();
    }

    /// <summary>Every run checks shape inference too: the shapes that come out are those the nodes promise.</summary>
    private void CheckShapes(IEnumerable<(Node Input, TensorValue Value)> at, TensorValue[] outputs)
    {
        var symbols = at.SelectMany(a => a.Input.Shape.Zip(a.Value.Shape)).Where(d => !d.First.IsKnown).Distinct().ToDictionary(d => d.First, d => d.Second);
        for (var i = 0; i < outputs.Length; i++)
        {
            var promised = graph.Outputs[i].Node;
            var seen = promised.Shape.Zip(outputs[i].Shape, (p, actual) => p.IsKnown ? p : symbols.TryGetValue(p, out var value) ? value : actual);
            if (promised.ElementType != outputs[i].ElementType || promised.Shape.Rank != outputs[i].Shape.Rank || !outputs[i].Shape.Equals(Shape.From(seen)))
                throw new InvalidOperationException($"{promised} came out of ONNX Runtime as {outputs[i]}.");
        }
    }

    private static OrtValue ToOrt(TensorValue value) => value.ElementType switch
    {
        ElementType.Float => OrtValue.CreateTensorValueFromMemory(value.Span<float>().ToArray(), value.Shape.Values),
        ElementType.Double => OrtValue.CreateTensorValueFromMemory(value.Span<double>().ToArray(), value.Shape.Values),
        ElementType.Int64 => OrtValue.CreateTensorValueFromMemory(value.Span<long>().ToArray(), value.Shape.Values),
        ElementType.Int32 => OrtValue.CreateTensorValueFromMemory(value.Span<int>().ToArray(), value.Shape.Values),
        ElementType.Bool => OrtValue.CreateTensorValueFromMemory(value.Span<bool>().ToArray(), value.Shape.Values),
        _ => OrtValue.CreateFromStringTensor(new DenseTensor<string>(value.Span<string>().ToArray(), [.. value.Shape.Values.Select(d => (int)d)])),
    };

    private static TensorValue FromOrt(OrtValue value)
    {
        var information = value.GetTensorTypeAndShape();
        var shape = Shape.From(information.Shape);
        return (ElementType)information.ElementDataType switch
        {
            ElementType.Float => TensorValue.Of(shape, value.GetTensorDataAsSpan<float>().ToArray()),
            ElementType.Double => TensorValue.Of(shape, value.GetTensorDataAsSpan<double>().ToArray()),
            ElementType.Int64 => TensorValue.Of(shape, value.GetTensorDataAsSpan<long>().ToArray()),
            ElementType.Int32 => TensorValue.Of(shape, value.GetTensorDataAsSpan<int>().ToArray()),
            ElementType.Bool => TensorValue.Of(shape, value.GetTensorDataAsSpan<bool>().ToArray()),
            _ => TensorValue.Of(shape, value.GetStringTensorAsArray()),
        };
    }
}
