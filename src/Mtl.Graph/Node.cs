using Mtl.Graph.Operators;

namespace Mtl.Graph;

/// <summary>
/// One tensor of a computation: an immutable output of an operator, with its element type and shape inferred and checked when it is made.
/// Nodes are made by <see cref="Input"/>, <see cref="Parameter"/>, <see cref="Constant(TensorValue)"/>, the arithmetic operators and the extension methods of
/// this namespace (<c>x.MatMul(w).Relu()</c>). A graph is nothing but nodes that point at their inputs. Thread-safe.
/// </summary>
public sealed partial class Node
{
    private readonly Node[]? siblings;
    private readonly Lazy<Shape?> contents;

    private Node(Op op, Node[] inputs, Attributes attributes, TensorType type, string? name = null, TensorValue? value = null, int outputIndex = 0, Node[]? siblings = null)
    {
        (Op, Inputs, Attributes, ElementType, Shape, Name, Value, OutputIndex) = (op, inputs, attributes, type.ElementType, type.Shape, name, value, outputIndex);
        this.siblings = siblings;
        contents = new(() => ShapeContents.Of(this));
    }

    public Op Op { get; }

    public IReadOnlyList<Node> Inputs { get; }

    public Attributes Attributes { get; }

    public ElementType ElementType { get; }

    public Shape Shape { get; }

    /// <summary>Which of its operator's outputs this is; 0 for all but operators with several.</summary>
    public int OutputIndex { get; }

    /// <summary>The name of an input or parameter; null for all others.</summary>
    public string? Name { get; }

    /// <summary>The value of a constant; null for all others.</summary>
    public TensorValue? Value { get; }

    /// <summary>Every output of the operator that made this node, this one among them.</summary>
    public IReadOnlyList<Node> Outputs => siblings ?? [this];

    /// <summary>Whether gradients flow through it: floating point only.</summary>
    public bool IsFloating => ElementType is ElementType.Float or ElementType.Double;

    public bool IsLeaf => Op is Op.Input or Op.Parameter or Op.Constant;

    /// <summary>The first output of the operator, which stands for the operator as a whole.</summary>
    internal Node First => siblings is null ? this : siblings[0];

    /// <summary>What an integer node holds, as dimensions, where that is known before running: constants, and what is computed from shapes.</summary>
    internal Shape? Contents => contents.Value;

    /// <summary>A value given when the graph runs: <c>Node.Input("age", ElementType.Float, ["batch", 1])</c>.</summary>
    public static Node Input(string name, ElementType type, Shape shape) => new(Op.Input, [], Attributes.None, new(type, shape), Named(name));

    /// <summary>A trainable value of known shape. It carries no value: that is given with each run, or with the export.</summary>
    public static Node Parameter(string name, Shape shape, ElementType type = ElementType.Float)
    {
        if (!shape.IsKnown) throw new GraphException($"Parameter '{name}' has shape {shape}; the shape of a parameter must be known.");
        if (type is not (ElementType.Float or ElementType.Double))
            throw new GraphException($"Parameter '{name}' is {type}; parameters are trained, so they must be Float or Double.");
        return new(Op.Parameter, [], Attributes.None, new(type, shape), Named(name));
    }

    public static Node Constant(TensorValue value) => new(Op.Constant, [], Attributes.None, new(value.ElementType, value.Shape), value: value);

    /// <summary>A scalar constant.</summary>
    public static Node Constant(double value, ElementType type = ElementType.Float) => Constant(TensorValue.Of(type, Shape.Scalar, value));

    /// <summary>A vector of 64-bit integers: indices, axes, shapes.</summary>
    public static Node Constant(params long[] values) => Constant(TensorValue.Of([values.Length], values));

    /// <summary>A vector of texts.</summary>
    public static Node Constant(params string[] values) => Constant(TensorValue.Of([values.Length], values));

    /// <summary>A tensor of one repeated number; its shape may have symbolic dimensions when <paramref name="like"/> has them too.</summary>
    /// <param name="value">The number.</param>
    /// <param name="shape">The shape of the result.</param>
    /// <param name="type">The element type of the result.</param>
    /// <param name="like">Any node computed from inputs that carry the symbols of <paramref name="shape"/>; not needed for a known shape.</param>
    public static Node Filled(double value, Shape shape, ElementType type = ElementType.Float, Node? like = null) =>
        shape.Rank == 0 ? Constant(value, type) : RuntimeShape.Of(shape, like).ConstantOfShape(TensorValue.Of(type, [1], value));

    /// <summary>
    /// Applies an operator that has one output. The named methods are the usual way in; this is theirs.
    /// </summary>
    /// <exception cref="GraphException">The operator does not take such inputs; the message names it, the shapes, and what is allowed.</exception>
    public static Node Apply(Op op, Attributes attributes, params Node[] inputs) => ApplyMany(op, attributes, inputs)[0];

    /// <summary>Applies an operator and gives all of its outputs.</summary>
    /// <exception cref="GraphException">The operator does not take such inputs; the message names it, the shapes, and what is allowed.</exception>
    public static IReadOnlyList<Node> ApplyMany(Op op, Attributes attributes, params Node[] inputs)
    {
        var types = Definitions.Of(op).Check(new(op, attributes, inputs));
        if (types.Count == 1) return [new(op, inputs, attributes, types[0])];
        var outputs = new Node[types.Count];
        for (var i = 0; i < outputs.Length; i++) outputs[i] = new(op, inputs, attributes, types[i], outputIndex: i, siblings: outputs);
        return outputs;
    }

    /// <summary><c>Gemm Float [batch, 64]</c>, <c>Parameter 'w' Float [8, 4]</c>.</summary>
    public override string ToString() => Name is null ? $"{Op} {ElementType} {Shape}" : $"{Op} '{Name}' {ElementType} {Shape}";

    private static string Named(string name) => name.Length > 0 ? name : throw new GraphException("An input or parameter needs a name.");
}
