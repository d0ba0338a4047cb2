using Mtl.Graph.Operators;

namespace Mtl.Graph;

/// <summary>Operators that work element by element; shapes broadcast by NumPy's rule. <c>[…]</c> stands for any shape.</summary>
public static class ElementwiseOperators
{
    public static Node Add(this Node a, Node b) => Folding.Add(a, b) ?? Apply(Op.Add, a, b);

    public static Node Sub(this Node a, Node b) => Folding.Sub(a, b) ?? Apply(Op.Sub, a, b);

    public static Node Mul(this Node a, Node b) => Folding.Mul(a, b) ?? Apply(Op.Mul, a, b);

    /// <summary>a / b; integers are divided towards zero.</summary>
    public static Node Div(this Node a, Node b) => Folding.Div(a, b) ?? Apply(Op.Div, a, b);

    public static Node Neg(this Node x) => Folding.Neg(x) ?? Apply(Op.Neg, x);

    /// <summary>x₁ + x₂ + …, in one operator.</summary>
    public static Node Sum(this IReadOnlyList<Node> terms) => terms.Count switch
    {
        0 => throw new GraphException("Sum: there must be at least one term."),
        1 => terms[0],
        2 => terms[0].Add(terms[1]),
        _ => Apply(Op.Sum, [.. terms]),
    };

    /// <summary>aᵇ.</summary>
    public static Node Pow(this Node a, Node b) => Apply(Op.Pow, a, b);

    /// <summary>xᵖ for a fixed p; a square becomes x·x.</summary>
    public static Node Pow(this Node x, double exponent) => exponent switch
    {
        1 => x,
        2 => x.Mul(x),
        0.5 => x.Sqrt(),
        _ => x.Pow(x.Like(exponent)),
    };

    public static Node Square(this Node x) => x.Mul(x);

    public static Node Max(this Node a, Node b) => Apply(Op.Max, a, b);

    public static Node Max(this Node a, double b) => a.Max(a.Like(b));

    public static Node Min(this Node a, Node b) => Apply(Op.Min, a, b);

    public static Node Min(this Node a, double b) => a.Min(a.Like(b));

    public static Node Exp(this Node x) => Apply(Op.Exp, x);

    /// <summary>The natural logarithm.</summary>
    public static Node Log(this Node x) => Apply(Op.Log, x);

    public static Node Sqrt(this Node x) => Apply(Op.Sqrt, x);

    public static Node Abs(this Node x) => Apply(Op.Abs, x);

    /// <summary>−1, 0 or 1; its gradient is zero.</summary>
    public static Node Sign(this Node x) => Apply(Op.Sign, x);

    /// <summary>The largest integer not above x; its gradient is zero.</summary>
    public static Node Floor(this Node x) => Apply(Op.Floor, x);

    public static Node Identity(this Node x) => Apply(Op.Identity, x);

    /// <summary>x where it lies within the bounds, else the nearer bound.</summary>
    public static Node Clip(this Node x, double low, double high) => Apply(Op.Clip, x, x.Like(low), x.Like(high));

    /// <summary>The elements of <paramref name="yes"/> where the condition holds, of <paramref name="no"/> elsewhere.</summary>
    public static Node Where(this Node condition, Node yes, Node no) => Apply(Op.Where, condition, yes, no);

    public static Node Equal(this Node a, Node b) => Apply(Op.Equal, a, b);

    public static Node Less(this Node a, Node b) => Apply(Op.Less, a, b);

    public static Node Less(this Node a, double b) => a.Less(a.Like(b));

    public static Node Greater(this Node a, Node b) => Apply(Op.Greater, a, b);

    public static Node Greater(this Node a, double b) => a.Greater(a.Like(b));

    public static Node And(this Node a, Node b) => Apply(Op.And, a, b);

    public static Node Or(this Node a, Node b) => Apply(Op.Or, a, b);

    public static Node Not(this Node a) => Apply(Op.Not, a);

    /// <summary>Whether an element is NaN, which stands for a missing number.</summary>
    public static Node IsNaN(this Node x) => Apply(Op.IsNaN, x);

    /// <summary>The elements as another type; a truth value becomes 0 or 1.</summary>
    public static Node Cast(this Node x, ElementType type) => x.ElementType == type ? x
        : x is { Op: Op.Constant, ElementType: not (ElementType.String or ElementType.Bool) } && type is not (ElementType.String or ElementType.Bool)
            ? Node.Constant(TensorValue.Of(type, x.Shape, x.Value!.ToDoubles()))
            : Node.Apply(Op.Cast, Attributes.Of(("to", (long)type)), x);

    private static Node Apply(Op op, params Node[] inputs) => Node.Apply(op, Attributes.None, inputs);
}
