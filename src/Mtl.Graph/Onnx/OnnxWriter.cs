using System.Globalization;
using Mtl.Graph.Onnx.Proto;
using Mtl.Graph.Operators;

namespace Mtl.Graph.Onnx;

/// <summary>Turns a graph into ONNX's messages. Equal graphs give equal bytes: order and names depend on the graph alone.</summary>
internal sealed class OnnxWriter
{
    /// <summary>
    /// Parts of a Split by sizes that come with each run, above which their shapes are hidden (<see cref="Veiled"/>). Each part has an extent of its own, so none can take another's buffer, and with shapes to compare
    /// the runtime looks for one among all that are free, for every tensor of every part: a step with 139 tasks loaded in 13 s with shapes, in 6 s without.
    /// </summary>
    private const int MostShapedParts = 16;

    private readonly ComputationGraph graph;
    private readonly NodeTable table;
    private readonly Dictionary<Node, string> names = [];
    private readonly Dictionary<Op, int> counts = [];
    private readonly HashSet<string> taken;
    private readonly GraphProto proto;
    private readonly long opset;

    public OnnxWriter(ComputationGraph graph)
    {
        this.graph = graph;
        table = new(graph.Outputs.Select(o => o.Node));
        taken = [.. graph.Outputs.Select(o => o.Name), .. graph.Inputs.Select(i => i.Name!), .. graph.Initializers.Keys];
        proto = new() { Name = graph.Name };
        opset = table.Unique.Where(node => !node.IsLeaf).Select(node => Definitions.Of(node.Op).Since).Append(OnnxModel.Opsets[""]).Max();
    }

    public ModelProto Write()
    {
        proto.Input.AddRange(graph.Inputs.Select(i => Describe(i.Name!, i)));
        foreach (var (name, node) in graph.Outputs)
        {
            proto.Output.Add(Describe(name, node));
            if (!node.IsLeaf) names.TryAdd(table.Of(node), name);
        }

        foreach (var node in table.Unique)
        {
            if (node.IsLeaf) WriteLeaf(node);
            else WriteOperator(node);
        }

        WriteRemainingOutputs();
        var model = new ModelProto { IrVersion = opset > OnnxModel.Opsets[""] ? OnnxModel.LaterIrVersion : OnnxModel.IrVersion, ProducerName = OnnxModel.Producer, Graph = proto };
        foreach (var domain in proto.Node.Select(n => n.Domain).Append("").Distinct().Order(StringComparer.Ordinal))
            model.OpsetImport.Add(new OperatorSetIdProto { Domain = domain, Version = domain.Length == 0 ? opset : OnnxModel.Opsets[domain] });
        foreach (var (key, value) in graph.Metadata.OrderBy(m => m.Key, StringComparer.Ordinal))
            model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
        return model;
    }

    private void WriteLeaf(Node node)
    {
        names[node] = node.Name ?? Fresh(node.Op);
        var value = node.Name is null ? node.Value : graph.Initializers.GetValueOrDefault(node.Name);
        if (value is not null) proto.Initializer.Add(Tensors.Write(value, names[node]));
    }

    private void WriteOperator(Node node)
    {
        var written = new NodeProto { OpType = node.Op.ToString(), Name = Fresh(node.Op) };
        if (Definitions.Of(node.Op).Domain is { Length: > 0 } domain) written.Domain = domain;
        written.Input.AddRange(node.Inputs.Select(i => names[table.Of(i)]));
        if (node is { Op: Op.Split, Outputs.Count: > MostShapedParts } && node.Inputs[1].Op == Op.Input)
            written.Input[0] = Veiled(written);
        var axesAsInput = AxesAsInput(node);
        if (axesAsInput)
        {
            proto.Initializer.Add(Tensors.Write(TensorValue.Of([node.Attributes.Ints("axes").Length], node.Attributes.Ints("axes")), written.Name + ".axes"));
            written.Input.Add(written.Name + ".axes");
        }

        written.Attribute.AddRange(node.Attributes.Where(a => !axesAsInput || a.Key != "axes").Select(a => Tensors.Write(a.Key, a.Value)));
        foreach (var output in Wanted(node))
        {
            if (!names.TryGetValue(output, out var name))
                names[output] = name = output.OutputIndex == 0 ? written.Name : string.Create(CultureInfo.InvariantCulture, $"{written.Name}.{output.OutputIndex}");
            written.Output.Add(name);
        }

        proto.Node.Add(written);
    }

    /// <summary>
    /// A Split's input once more, with a rank that shape inference can't tell: reshaped to its own shape, read off it up to an end that only the run knows. What is computed of the parts then has no shape before the
    /// run either, and gets its memory when it is computed.
    /// </summary>
    private string Veiled(NodeProto split)
    {
        string Step(Op op, params string[] inputs)
        {
            var step = new NodeProto { OpType = op.ToString(), Name = Fresh(op) };
            step.Input.AddRange(inputs);
            step.Output.Add(step.Name);
            proto.Node.Add(step);
            return step.Name;
        }

        string Number(string part, long value)
        {
            var name = $"{split.Name}.{part}";
            proto.Initializer.Add(Tensors.Write(TensorValue.Of([1], [value]), name));
            return name;
        }

        var (input, sizes, first, second) = (split.Input[0], split.Input[1], Number("first", 0), Number("second", 1));
        var end = Step(Op.Add, Step(Op.Slice, sizes, first, second), Number("rank", 8));
        return Step(Op.Reshape, input, Step(Op.Slice, Step(Op.Shape, input), first, end));
    }

    /// <summary>From opset 18 on, reductions take their axes as an input.</summary>
    private bool AxesAsInput(Node node) => opset >= 18 && node.Op is (Op.ReduceMean or Op.ReduceMax or Op.ReduceLogSumExp);

    /// <summary>All outputs of a split, which can't be left out; of other operators those up to the last one used.</summary>
    private IEnumerable<Node> Wanted(Node node) => node.Op is Op.Split or Op.StringSplit
        ? node.Outputs
        : node.Outputs.Take(1 + node.Outputs.Where(table.Used.Contains).Max(o => o.OutputIndex));

    /// <summary>An output that is a leaf, or the same value as another output, gets an operator of its own that passes it on.</summary>
    private void WriteRemainingOutputs()
    {
        foreach (var (name, node) in graph.Outputs)
        {
            var source = names[table.Of(node)];
            if (source != name) proto.Node.Add(new NodeProto { OpType = nameof(Op.Identity), Name = Fresh(Op.Identity), Input = { source }, Output = { name } });
        }
    }

    /// <summary>The operator's name and a running number: <c>Gemm_2</c>.</summary>
    private string Fresh(Op op)
    {
        string name;
        do
        {
            counts[op] = counts.GetValueOrDefault(op) + 1;
            name = string.Create(CultureInfo.InvariantCulture, $"{op}_{counts[op]}");
        }
        while (!taken.Add(name));
        return name;
    }

    private static ValueInfoProto Describe(string name, Node node)
    {
        var shape = new TensorShapeProto();
        foreach (var d in node.Shape)
        {
            shape.Dim.Add(d.IsKnown
                ? new TensorShapeProto.Types.Dimension { DimValue = d.Value }
                : new TensorShapeProto.Types.Dimension { DimParam = d.ToString() });
        }

        return new() { Name = name, Type = new() { TensorType = new() { ElemType = (int)node.ElementType, Shape = shape } } };
    }
}
