namespace Mtl.Graph.Operators;

internal static partial class Definitions
{
    private static Dictionary<Op, Definition> Indexing => new()
    {
        [Op.Gather] = new([T(Any), Other("I", Index)], c =>
            One(c.Type, [.. c[0].Slice(0, c.Axis()), .. c[1], .. c[0].Slice(c.Axis() + 1, c[0].Rank)])),
        [Op.GatherElements] = new([T(Any), Other("I", Index)], c => One(c.Type, SameRank(c, c[1]))),
        [Op.ScatterElements] = new([T(Numeric), Other("I", Index), T(Numeric)], c => c[1].Equals(c[2])
            ? One(c.Type, SameRank(c, c[0]))
            : c.Fail<IReadOnlyList<TensorType>>("indices and updates must have the same shape")),
        [Op.ScatterND] = new([T(Numeric), Other("I", Index), T(Numeric)], c => One(c.Type, Scattered(c))),
        [Op.OneHot] = new([Other("I", Index), Other("D", Index), T(Numeric)], c => One(c.Inputs[2].ElementType, OneHot(c))),
    };

    private static Shape SameRank(Call c, Shape result) => c[0].Rank == c[1].Rank
        ? result
        : c.Fail<Shape>($"data and indices must have the same number of dimensions (axis {c.Axis()})");

    private static Shape Scattered(Call c)
    {
        Shape data = c[0], indices = c[1];
        var depth = indices.Rank == 0 ? 0 : indices[^1].Value;
        if (depth < 1 || depth > data.Rank) return c.Fail<Shape>($"the indices' last dimension must be 1 to {data.Rank}");
        Shape updates = [.. indices.Slice(0, indices.Rank - 1), .. data.Slice((int)depth, data.Rank)];
        return c[2].Equals(updates) ? data : c.Fail<Shape>($"the updates must be {updates}");
    }

    private static Shape OneHot(Call c)
    {
        var depth = c.Known(1, "the depth's values");
        var axis = c.Axis(c.Attributes.Int("axis"), c[0].Rank + 1);
        return [.. c[0].Slice(0, axis), depth[0], .. c[0].Slice(axis, c[0].Rank)];
    }
}
