using Google.Protobuf;
using Mtl.Core;
using Mtl.Graph.Onnx.Proto;

namespace Mtl.Graph.Onnx;

/// <summary>An input or output of a model. The shape is null when the file gives none; a dimension without a name or number is called <c>?</c>.</summary>
public sealed record OnnxValue(string Name, ElementType ElementType, Shape? Shape);

/// <summary>One operator of a model, as the file has it.</summary>
public sealed record OnnxOperator(string Name, string Op, string Domain, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, IReadOnlyDictionary<string, object> Attributes);

/// <summary>
/// An ONNX file: what <see cref="Write"/> makes of a graph, and what <see cref="Read"/> finds in one. Format: https://onnx.ai, IR 8, opset 17,
/// ai.onnx.ml 3; a graph with an operator of a later opset is written in that one, with IR 9.
/// </summary>
public sealed record OnnxModel
{
    internal const long IrVersion = 8;

    /// <summary>The IR that belongs to opsets after 18.</summary>
    internal const long LaterIrVersion = 9;
    internal const string Producer = "MtlPlatform";

    /// <summary>The operator sets that written models use, unless an operator needs a later one.</summary>
    public static readonly IReadOnlyDictionary<string, long> Opsets = new Dictionary<string, long> { [""] = 17, ["ai.onnx.ml"] = 3 };

    /// <summary>Who wrote the file.</summary>
    public required string ProducerName { get; init; }

    /// <summary>The versions of the operator sets that the file uses; "" is ai.onnx.</summary>
    public required IReadOnlyDictionary<string, long> OpsetImports { get; init; }

    /// <summary>What is given with each run; initializers are not among them.</summary>
    public required IReadOnlyList<OnnxValue> Inputs { get; init; }

    public required IReadOnlyList<OnnxValue> Outputs { get; init; }

    /// <summary>The values that the file holds; those of element types that this project does not use are left out.</summary>
    public required IReadOnlyDictionary<string, TensorValue> Initializers { get; init; }

    public required IReadOnlyList<OnnxOperator> Operators { get; init; }

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    /// <summary>The graph as the bytes of an .onnx file. Operators that compute the same are written once; equal graphs give equal bytes.</summary>
    public static byte[] Write(ComputationGraph graph) => new OnnxWriter(graph).Write().ToByteArray();

    /// <summary>What a file holds.</summary>
    public static Result<OnnxModel> Read(ReadOnlySpan<byte> bytes)
    {
        ModelProto model;
        try
        {
            model = ModelProto.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException e)
        {
            return Error.Invalid($"These {bytes.Length} bytes are no ONNX model: {e.Message}", "Give the bytes of an .onnx file.");
        }

        if (model.Graph is null) return Error.Invalid($"These {bytes.Length} bytes are no ONNX model: there is no graph in them.", "Give the bytes of an .onnx file.");
        try
        {
            return Structure(model);
        }
        catch (GraphException e)
        {
            return Error.Invalid($"The ONNX model is damaged: {e.Message}", "Export it again.");
        }
    }

    private static OnnxModel Structure(ModelProto model)
    {
        var held = model.Graph.Initializer.Select(i => i.Name).ToHashSet();
        return new()
        {
            ProducerName = model.ProducerName,
            OpsetImports = Last(model.OpsetImport, o => o.Domain, o => o.Version),
            Inputs = [.. model.Graph.Input.Where(i => !held.Contains(i.Name)).Select(Value)],
            Outputs = [.. model.Graph.Output.Select(Value)],
            Initializers = Last(model.Graph.Initializer.Select(i => (i.Name, Value: Tensors.Read(i))).Where(i => i.Value is not null), i => i.Name, i => i.Value!),
            Operators = [.. model.Graph.Node.Select(Operator)],
            Metadata = Last(model.MetadataProps, m => m.Key, m => m.Value),
        };
    }

    private static OnnxValue Value(ValueInfoProto info)
    {
        var tensor = info.Type?.TensorType;
        var shape = tensor?.Shape is { } s ? Graph.Shape.From(s.Dim.Select(Dimension)) : null;
        return new(info.Name, (ElementType)(tensor?.ElemType ?? 0), shape);
    }

    private static Dimension Dimension(TensorShapeProto.Types.Dimension d) =>
        d.HasDimValue ? d.DimValue : d.HasDimParam && d.DimParam.Length > 0 ? d.DimParam : "?";

    private static OnnxOperator Operator(NodeProto node) => new(
        node.Name,
        node.OpType,
        node.Domain,
        [.. node.Input],
        [.. node.Output],
        Last(node.Attribute.Select(a => (a.Name, Value: Tensors.Read(a))).Where(a => a.Value is not null), a => a.Name, a => a.Value!));

    private static Dictionary<string, TValue> Last<T, TValue>(IEnumerable<T> items, Func<T, string> key, Func<T, TValue> value)
    {
        var result = new Dictionary<string, TValue>(StringComparer.Ordinal);
        foreach (var item in items) result[key(item)] = value(item);
        return result;
    }
}
