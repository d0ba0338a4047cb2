using System.Diagnostics.CodeAnalysis;

namespace Mtl.Graph.Operators;

/// <summary>An operator about to be applied, as the shape rules see it.</summary>
internal readonly record struct Call(Op Op, Attributes Attributes, Node[] Inputs)
{
    public Shape this[int input] => Inputs[input].Shape;

    public ElementType Type => Inputs[0].ElementType;

    /// <summary>The axis attribute or value as one counted from the start.</summary>
    public int Axis(long axis, int rank, string what = "axis") => axis >= -rank && axis < rank
        ? (int)(axis < 0 ? axis + rank : axis)
        : Fail<int>($"{what} {axis} is outside a tensor of {rank} dimensions; allowed are {-rank} to {rank - 1}");

    /// <summary>The axis attribute as one counted from the start of the first input.</summary>
    public int Axis() => Axis(Attributes.Int("axis"), this[0].Rank);

    /// <summary>The values of an integer input that must be known when the graph is built.</summary>
    public long[] Known(int input, string what)
    {
        var contents = Contents(input, what);
        return contents.IsKnown ? contents.Values : Fail<long[]>($"{what} must be constant, but are {contents}");
    }

    /// <summary>The values of an integer input, symbolic ones included.</summary>
    public Shape Contents(int input, string what) =>
        Inputs[input].Contents ?? Fail<Shape>($"{what} must be constant or computed from shapes, but are a {Inputs[input]}");

    [DoesNotReturn]
    public T Fail<T>(string reason) => throw new GraphException(
        $"{Op}({string.Join(", ", Inputs.Select(i => new TensorType(i.ElementType, i.Shape)))}{(Attributes.Count == 0 ? "" : $"; {Attributes}")}): {reason}.");
}
