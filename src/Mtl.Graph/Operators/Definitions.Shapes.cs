namespace Mtl.Graph.Operators;

internal static partial class Definitions
{
    private static Dictionary<Op, Definition> Shapes => new()
    {
        [Op.Reshape] = new([T(Any), Other("I", Index)], c => One(c.Type, Reshaped(c))),
        [Op.Expand] = new([T(Any), Other("I", Index)], c => One(c.Type, Broadcast(c, c[0], c.Contents(1, "the shape's dimensions")))),
        [Op.Squeeze] = new([T(Any), Other("I", Index)], c => One(c.Type, Squeezed(c))),
        [Op.Unsqueeze] = new([T(Any), Other("I", Index)], c => One(c.Type, Unsqueezed(c))),
        [Op.Concat] = new([T(Any)], c => One(c.Type, Joined(c))) { Variadic = true },
        [Op.Split] = new([T(Any), Other("I", Index)], Parts),
        [Op.Slice] = new([T(Any), Other("I", Index), Other("I", Index), Other("I", Index), Other("I", Index)], c => One(c.Type, Sliced(c))),
        [Op.Pad] = new([T(NoText), Other("I", Index), T(NoText)], c => One(c.Type, Padded(c))),
        [Op.Tile] = new([T(Any), Other("I", Index)], c => One(c.Type, Tiled(c))),
        [Op.Shape] = new([T(Any)], c => One(ElementType.Int64, [c.Attributes.Int("end") - c.Attributes.Int("start")])),
        [Op.ConstantOfShape] = new([T(Index)],
            c => One(c.Attributes.Get<TensorValue>("value").ElementType, c.Contents(0, "the shape's dimensions"))),
    };

    private static Shape Reshaped(Call c)
    {
        Shape from = c[0], target = c.Contents(1, "the shape's dimensions");
        for (var i = 0; i < target.Rank; i++)
        {
            if (target[i] == 0 && i < from.Rank) target = target.With(i, from[i]);
        }

        var open = Enumerable.Range(0, target.Rank).Where(i => target[i] == -1).ToArray();
        if (open.Length > 1) return c.Fail<Shape>("only one dimension may be -1");
        if (open.Length == 1) target = target.With(open[0], from.Size / target.With(open[0], 1).Size);
        return target.Size == from.Size ? target : c.Fail<Shape>($"{from} has {from.Size} elements, {target} has {target.Size}");
    }

    private static Shape Squeezed(Call c)
    {
        var shape = c[0];
        var axes = c.Known(1, "axes").Select(a => c.Axis(a, shape.Rank)).ToHashSet();
        return axes.FirstOrDefault(a => shape[a] != 1, -1) is var wrong and >= 0
            ? c.Fail<Shape>($"dimension {wrong} is {shape[wrong]}; only dimensions of 1 can be dropped")
            : Shape.From(shape.Where((_, i) => !axes.Contains(i)));
    }

    private static Shape Unsqueezed(Call c)
    {
        var axes = c.Known(1, "axes");
        var rank = c[0].Rank + axes.Length;
        var added = axes.Select(a => c.Axis(a, rank)).ToHashSet();
        var rest = new Queue<Dimension>(c[0]);
        return Shape.From(Enumerable.Range(0, rank).Select(i => added.Contains(i) ? 1 : rest.Dequeue()));
    }

    private static Shape Joined(Call c)
    {
        var axis = c.Axis();
        var result = c[0];
        for (var i = 1; i < c.Inputs.Length; i++)
        {
            if (c[i].Rank != result.Rank || !c[i].With(axis, 1).Equals(result.With(axis, 1)))
                return c.Fail<Shape>($"input {i} is {c[i]}, the first {c[0]}; all dimensions but {axis} must be equal");
            result = result.With(axis, result[axis] + c[i][axis]);
        }

        return result;
    }

    private static List<TensorType> Parts(Call c)
    {
        var axis = c.Axis();
        if (c.Inputs[1] is { Op: Op.Input, Shape: { Rank: 1, IsKnown: true } given } && c[0][axis].IsPlainSymbol)
            return [.. Enumerable.Range(0, (int)given[0].Value).Select(i => new TensorType(c.Type, c[0].With(axis, PartOf(c, axis, i))))];
        var sizes = c.Contents(1, "the parts' sizes");
        var total = sizes.Aggregate((Dimension)0, (sum, d) => sum + d);
        return total == c[0][axis]
            ? [.. sizes.Select(size => new TensorType(c.Type, c[0].With(axis, size)))]
            : c.Fail<List<TensorType>>($"the parts' sizes {sizes} make {total}, but dimension {axis} is {c[0][axis]}");
    }

    private static Dimension PartOf(Call c, int axis, int part) => DimensionParts.Of(c[0][axis], c.Inputs[1].Name!, part, part + 1, (int)c[1][0].Value);

    private static Shape Sliced(Call c)
    {
        var shape = c[0];
        Shape starts = c.Contents(1, "starts"), ends = c.Contents(2, "ends");
        long[] axes = c.Known(3, "axes"), steps = c.Known(4, "steps");
        for (var i = 0; i < axes.Length; i++)
        {
            var axis = c.Axis(axes[i], shape.Rank);
            shape = shape.With(axis, Extent(c, shape[axis], starts[i], ends[i], steps[i]));
        }

        return shape;
    }

    private static Dimension Extent(Call c, Dimension dimension, Dimension start, Dimension end, long step)
    {
        if (step < 1) return c.Fail<Dimension>($"the step is {step}; allowed are 1 and more (reverse with Gather)");
        var from = Bound(start, dimension);
        var to = Bound(end, dimension);
        if (dimension.IsKnown && from.IsKnown && to.IsKnown)
            return Math.Max(0, (Math.Min(to.Value, dimension.Value) - Math.Min(from.Value, dimension.Value) + step - 1) / step);
        if (from.IsKnown && to.IsKnown && dimension is { Scale: > 0 } && dimension.Offset >= to.Value)
            return Math.Max(0, (to.Value - from.Value + step - 1) / step);
        if (!dimension.IsKnown && to.IsKnown)
            return c.Fail<Dimension>($"dimension {dimension} may be shorter than the end {end}; count the end from the end, or leave it out");
        return step == 1 ? to - from : c.Fail<Dimension>($"dimension {dimension} is symbolic, so the step must be 1");
    }

    private static Dimension Bound(Dimension bound, Dimension dimension) =>
        !bound.IsKnown ? bound : bound.Value == long.MaxValue ? dimension : bound.Value < 0 ? dimension + bound : bound;

    private static Shape Padded(Call c)
    {
        var pads = c.Contents(1, "pads");
        var shape = c[0];
        return pads.Rank == 2 * shape.Rank
            ? Shape.From(shape.Select((d, i) => d + pads[i] + pads[i + shape.Rank]))
            : c.Fail<Shape>($"there must be {2 * shape.Rank} pads, first all befores, then all afters; got {pads}");
    }

    private static Shape Tiled(Call c)
    {
        var repeats = c.Contents(1, "repeats");
        return repeats.Rank == c[0].Rank
            ? Shape.From(c[0].Zip(repeats, (d, r) => d * r))
            : c.Fail<Shape>($"there must be one repeat for each of {c[0].Rank} dimensions; got {repeats}");
    }
}
