namespace Mtl.Graph.Operators;

/// <summary>
/// What an integer node holds, followed through the few operators that compute shapes, so that a graph that reshapes to
/// <c>[Shape(x)[0], 8, 8]</c> still has a shape when it is built.
/// </summary>
internal static class ShapeContents
{
    public static Shape? Of(Node node) => node.ElementType != ElementType.Int64 || node.Shape.Rank > 1 ? null : node.Op switch
    {
        Op.Constant => Shape.From(node.Value!.Span<long>().ToArray()),
        Op.Shape => node.Inputs[0].Shape.Slice((int)node.Attributes.Int("start"), (int)node.Attributes.Int("end")),
        Op.Concat => Join(node.Inputs),
        Op.Add => Zip(node, (a, b) => a + b),
        Op.Sub => Zip(node, (a, b) => a - b),
        Op.Mul => Zip(node, (a, b) => a * b),
        _ => null,
    };

    private static Shape? Join(IReadOnlyList<Node> parts)
    {
        var contents = parts.Select(p => p.Contents).ToArray();
        return Array.Exists(contents, c => c is null) ? null : Shape.From(contents.SelectMany(c => c!));
    }

    private static Shape? Zip(Node node, Func<Dimension, Dimension, Dimension> combine) =>
        (node.Inputs[0].Contents, node.Inputs[1].Contents) switch
        {
            ({ } a, { } b) when a.Rank == b.Rank => Shape.From(a.Zip(b, combine)),
            ({ } a, { Rank: 1 } b) => Shape.From(a.Select(x => combine(x, b[0]))),
            ({ Rank: 1 } a, { } b) => Shape.From(b.Select(x => combine(a[0], x))),
            _ => null,
        };
}
