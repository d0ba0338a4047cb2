namespace Mtl.Graph.Operators;

/// <summary>The table of operators: which inputs are legal, and the type and shape that come out.</summary>
internal static partial class Definitions
{
    private static readonly ElementType[] Floating = [ElementType.Float, ElementType.Double];
    private static readonly ElementType[] Numeric = [ElementType.Float, ElementType.Double, ElementType.Int64, ElementType.Int32];
    private static readonly ElementType[] Any = [.. Numeric, ElementType.Bool, ElementType.String];
    private static readonly ElementType[] NoText = [.. Numeric, ElementType.Bool];
    private static readonly ElementType[] Index = [ElementType.Int64];
    private static readonly ElementType[] Truth = [ElementType.Bool];

    private static readonly Dictionary<Op, Definition> All = new(
        [.. Elementwise, .. Matrix, .. Reduce, .. Shapes, .. Indexing, .. Convolution, .. Labels]);

    /// <summary>The operators that the table holds.</summary>
    public static IReadOnlyCollection<Op> Known => All.Keys;

    /// <exception cref="GraphException">The operator is not in the table.</exception>
    public static Definition Of(Op op) => All.TryGetValue(op, out var definition)
        ? definition
        : throw new GraphException($"{op} is no operator that can be applied; allowed are {string.Join(", ", All.Keys.Order())}.");

    private static (string, ElementType[]) T(ElementType[] allowed) => ("T", allowed);

    private static (string, ElementType[]) Other(string variable, ElementType[] allowed) => (variable, allowed);

    private static IReadOnlyList<TensorType> One(ElementType type, Shape shape) => [new(type, shape)];
}
