using Mtl.Graph;

namespace Mtl.Testing.Graphs;

/// <summary>Where a function is checked: an input's shape, whose symbols stand for 3, and seeded random numbers between two bounds.</summary>
public sealed record Sample(Shape Shape, double Low = -1, double High = 1)
{
    /// <summary>What each symbolic dimension is when the check runs.</summary>
    public const int SymbolValue = 3;

    public static implicit operator Sample(Shape shape) => new(shape);

    public TensorValue Draw(ElementType type, int seed)
    {
        var random = new Random(seed);
        var shape = Shape.From(Shape.Select(d => d.IsKnown ? d.Value : SymbolValue));
        return TensorValue.Of(type, shape, [.. Enumerable.Range(0, (int)shape.Size.Value).Select(_ => Low + (High - Low) * random.NextDouble())]);
    }
}
