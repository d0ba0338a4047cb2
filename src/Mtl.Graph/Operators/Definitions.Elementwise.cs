namespace Mtl.Graph.Operators;

internal static partial class Definitions
{
    private static Dictionary<Op, Definition> Elementwise => new()
    {
        [Op.Abs] = Unary(Numeric),
        [Op.Elu] = Unary(Floating),
        [Op.Erf] = Unary(Floating),
        [Op.Exp] = Unary(Floating),
        [Op.Floor] = Unary(Floating),
        [Op.HardSigmoid] = Unary(Floating),
        [Op.Identity] = Unary(Any),
        [Op.LeakyRelu] = Unary(Floating),
        [Op.Log] = Unary(Floating),
        [Op.Neg] = Unary(Numeric),
        [Op.Not] = Unary(Truth),
        [Op.Relu] = Unary(Floating),
        [Op.Sigmoid] = Unary(Floating),
        [Op.Sign] = Unary(Numeric),
        [Op.Softplus] = Unary(Floating),
        [Op.Sqrt] = Unary(Floating),
        [Op.Tanh] = Unary(Floating),

        [Op.Add] = Binary(Numeric),
        [Op.Sub] = Binary(Numeric),
        [Op.Mul] = Binary(Numeric),
        [Op.Div] = Binary(Numeric),
        [Op.Pow] = Binary(Floating),
        [Op.Max] = Binary(Numeric),
        [Op.Min] = Binary(Numeric),
        [Op.And] = Binary(Truth),
        [Op.Or] = Binary(Truth),
        [Op.Sum] = new([T(Floating)], c => One(c.Type, Broadcast(c, [.. c.Inputs.Select(i => i.Shape)]))) { Variadic = true },

        [Op.Equal] = Comparison(NoText),
        [Op.Less] = Comparison(Numeric),
        [Op.Greater] = Comparison(Numeric),
        [Op.IsNaN] = new([T(Floating)], c => One(ElementType.Bool, c[0])),
        [Op.Where] = new([Other("B", Truth), T(Any), T(Any)], c => One(c.Inputs[1].ElementType, Broadcast(c, c[0], c[1], c[2]))),
        [Op.Clip] = new([T(Numeric), T(Numeric), T(Numeric)], c => c[1].Rank == 0 && c[2].Rank == 0
            ? One(c.Type, c[0])
            : c.Fail<IReadOnlyList<TensorType>>("the bounds must be scalars")),
        [Op.Cast] = new([T(Any)], c => One((ElementType)c.Attributes.Int("to"), c[0])),
    };

    private static Definition Unary(ElementType[] allowed) => new([T(allowed)], c => One(c.Type, c[0]));

    private static Definition Binary(ElementType[] allowed) => new([T(allowed), T(allowed)], c => One(c.Type, Broadcast(c, c[0], c[1])));

    private static Definition Comparison(ElementType[] allowed) =>
        new([T(allowed), T(allowed)], c => One(ElementType.Bool, Broadcast(c, c[0], c[1])));

    private static Shape Broadcast(Call call, params ReadOnlySpan<Shape> shapes)
    {
        var result = shapes[0];
        foreach (var shape in shapes)
        {
            result = Shape.Broadcast(result, shape) ?? call.Fail<Shape>(
                $"shapes {result} and {shape} do not broadcast; from the right, dimensions must be equal or one of them 1");
        }

        return result;
    }
}
