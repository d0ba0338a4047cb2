using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Mtl.Runtime;

/// <summary>One tensor's place in a flat buffer.</summary>
/// <param name="Name">Unique in its layout.</param>
/// <param name="Offset">First element; a multiple of <see cref="TensorLayout.AlignmentFloats"/>.</param>
/// <param name="Length">Number of elements, padding not counted.</param>
/// <param name="Shape">Dimensions, row-major; empty for a scalar.</param>
public sealed record TensorSlot(string Name, int Offset, int Length, ImmutableArray<long> Shape);

/// <summary>
/// Named float tensors one after another in one flat buffer, each on a 64-byte boundary. The floats between them are padding: they start as zero and
/// nothing but whole-buffer arithmetic touches them, so an optimiser may run over the buffer in one pass.
/// Parameters, gradients and moments that share one layout line up element by element.
/// </summary>
public sealed class TensorLayout
{
    /// <summary>Floats in 64 bytes.</summary>
    public const int AlignmentFloats = AlignedMemory.Alignment / sizeof(float);

    private readonly FrozenDictionary<string, TensorSlot> byName;

    /// <exception cref="ArgumentException">Two tensors have one name.</exception>
    public TensorLayout(IEnumerable<(string Name, ImmutableArray<long> Shape)> tensors)
    {
        var slots = ImmutableArray.CreateBuilder<TensorSlot>();
        var offset = 0;
        foreach (var (name, shape) in tensors)
        {
            var length = checked((int)Shapes.Count(shape.AsSpan()));
            slots.Add(new TensorSlot(name, offset, length, shape));
            offset = checked(offset + (length + AlignmentFloats - 1) / AlignmentFloats * AlignmentFloats);
        }

        (Slots, Length) = (slots.ToImmutable(), offset);
        var twice = Slots.GroupBy(slot => slot.Name).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            throw new ArgumentException($"Two tensors of the layout are named '{twice.Key}'; names have to be unique.", nameof(tensors));
        }

        byName = Slots.ToFrozenDictionary(slot => slot.Name);
    }

    /// <summary>The tensors, in the order they were given.</summary>
    public ImmutableArray<TensorSlot> Slots { get; }

    /// <summary>Floats in all, padding included.</summary>
    public int Length { get; }

    /// <exception cref="KeyNotFoundException">No tensor has that name; the message lists those there are.</exception>
    public TensorSlot this[string name] => byName.TryGetValue(name, out var slot)
        ? slot
        : throw new KeyNotFoundException($"The layout has no tensor '{name}'. It has: {string.Join(", ", byName.Keys.Order())}.");

    public bool Contains(string name) => byName.ContainsKey(name);
}
