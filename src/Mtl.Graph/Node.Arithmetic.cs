namespace Mtl.Graph;

/// <content>
/// Arithmetic as written: <c>(x - mean) * (1 / deviation)</c>. A number takes the node's element type. Shapes broadcast by NumPy's rule.
/// Comparisons are methods (<see cref="ElementwiseOperators.Less(Node, Node)"/>), so that equality of nodes stays that of references.
/// </content>
#pragma warning disable CA2225 // the named alternatives are the extension methods Add, Subtract, …
public sealed partial class Node
{
    public static Node operator +(Node a, Node b) => a.Add(b);

    public static Node operator +(Node a, double b) => a.Add(a.Like(b));

    public static Node operator +(double a, Node b) => b.Like(a).Add(b);

    public static Node operator -(Node a, Node b) => a.Sub(b);

    public static Node operator -(Node a, double b) => a.Sub(a.Like(b));

    public static Node operator -(double a, Node b) => b.Like(a).Sub(b);

    public static Node operator *(Node a, Node b) => a.Mul(b);

    public static Node operator *(Node a, double b) => a.Mul(a.Like(b));

    public static Node operator *(double a, Node b) => b.Like(a).Mul(b);

    public static Node operator /(Node a, Node b) => a.Div(b);

    public static Node operator /(Node a, double b) => a.Div(a.Like(b));

    public static Node operator /(double a, Node b) => b.Like(a).Div(b);

    public static Node operator -(Node a) => a.Neg();

    /// <summary>A scalar constant of this node's element type.</summary>
    public Node Like(double value) => Constant(value, ElementType);
}
