namespace Mtl.Graph.Operators;

/// <summary>
/// The few simplifications made when a node is built, so that rules may be written plainly and gradients stay small. Each returns null
/// where nothing can be simplified. Arithmetic between scalar constants is done in double precision.
/// </summary>
internal static class Folding
{
    public static Node? Add(Node a, Node b) => (Scalar(a), Scalar(b)) switch
    {
        ({ } x, { } y) when a.ElementType == b.ElementType => a.Like(x + y),
        _ when Uniform(a) == 0 && Keeps(b, a) => b,
        _ when Uniform(b) == 0 && Keeps(a, b) => a,
        _ when b.Op == Op.Neg => a.Sub(b.Inputs[0]),
        _ when a.Op == Op.Neg => b.Sub(a.Inputs[0]),
        _ => null,
    };

    public static Node? Sub(Node a, Node b) => (Scalar(a), Scalar(b)) switch
    {
        ({ } x, { } y) when a.ElementType == b.ElementType => a.Like(x - y),
        _ when Uniform(b) == 0 && Keeps(a, b) => a,
        _ when Uniform(a) == 0 && Keeps(b, a) => b.Neg(),
        _ when b.Op == Op.Neg => a.Add(b.Inputs[0]),
        _ => null,
    };

    public static Node? Mul(Node a, Node b) => (Scalar(a), Scalar(b)) switch
    {
        ({ } x, { } y) when a.ElementType == b.ElementType => a.Like(x * y),
        ({ } x, null) => Scaled(b, x),
        (null, { } y) => Scaled(a, y),
        _ when Uniform(a) == 1 && Keeps(b, a) => b,
        _ when Uniform(b) == 1 && Keeps(a, b) => a,
        _ => null,
    };

    public static Node? Div(Node a, Node b) => (Scalar(a), Scalar(b)) switch
    {
        ({ } x, { } y) when a.ElementType == b.ElementType && a.IsFloating => a.Like(x / y),
        _ when Uniform(b) == 1 && Keeps(a, b) => a,
        (null, { } y) when a.ElementType == b.ElementType && a.IsFloating && double.IsPow2(Math.Abs(y)) => a.Mul(a.Like(1 / y)),
        _ => null,
    };

    public static Node? Neg(Node a) => Scalar(a) switch
    {
        { } x => a.Like(-x),
        _ when a.Op == Op.Neg => a.Inputs[0],
        _ when a.Op == Op.Sub => a.Inputs[1].Sub(a.Inputs[0]) is var swapped && swapped.Shape.Equals(a.Shape) ? swapped : null,
        _ => null,
    };

    /// <summary>The number that a numeric scalar constant holds.</summary>
    public static double? Scalar(Node node) => node is { Op: Op.Constant, Shape.Rank: 0 } ? node.Value!.Uniform : null;

    /// <summary>c·x, with factors of x that are constants multiplied together.</summary>
    private static Node? Scaled(Node x, double factor) => (factor, x.Op) switch
    {
        (1, _) => x,
        (-1, _) => x.Neg(),
        (_, Op.Neg) => x.Inputs[0].Mul(x.Like(-factor)),
        (_, Op.Mul) when x.IsFloating && Scalar(x.Inputs[1]) is { } inner => x.Inputs[0].Mul(x.Like(inner * factor)),
        (_, Op.Mul) when x.IsFloating && Scalar(x.Inputs[0]) is { } inner => x.Inputs[1].Mul(x.Like(inner * factor)),
        _ => null,
    };

    private static double? Uniform(Node node) => node.Op == Op.Constant ? node.Value!.Uniform : null;

    /// <summary>Whether an operation with <paramref name="other"/> leaves type and shape of <paramref name="node"/> as they are.</summary>
    private static bool Keeps(Node node, Node other) => node.ElementType == other.ElementType && other.Shape.BroadcastsTo(node.Shape);
}
