using System.Globalization;

namespace Mtl.Graph;

/// <summary>
/// The extent of one axis: a known number, or <c>scale·symbol + offset</c> with a symbol such as <c>batch</c> that only the data decides.
/// Two symbolic dimensions are equal when written equally; a symbol never broadcasts against another one or against a number other than 1.
/// </summary>
public readonly record struct Dimension
{
    private readonly long offset;

    private Dimension(string? symbol, long scale, long offset) =>
        (Symbol, Scale, this.offset) = scale == 0 ? (null, 0, offset) : (symbol, scale, offset);

    /// <summary>The symbol; null when the dimension is known.</summary>
    public string? Symbol { get; }

    internal long Scale { get; }

    internal long Offset => offset;

    public bool IsKnown => Symbol is null;

    /// <summary>A symbol by itself, as <c>batch</c> is and <c>2*batch</c> is not.</summary>
    internal bool IsPlainSymbol => Symbol is not null && Scale == 1 && offset == 0;

    /// <summary>The known extent.</summary>
    /// <exception cref="GraphException">The dimension is symbolic.</exception>
    public long Value => IsKnown ? offset : throw new GraphException($"Dimension '{this}' is symbolic; its value is known only when the graph runs.");

    public static implicit operator Dimension(long value) => new(null, 0, value);

    public static implicit operator Dimension(string symbol) => new(symbol, 1, 0);

    public static Dimension operator +(Dimension a, Dimension b) => (a.Symbol, b.Symbol) switch
    {
        (_, null) => new(a.Symbol, a.Scale, a.offset + b.offset),
        (null, _) => b + a,
        var (x, y) when x == y => new(x, a.Scale + b.Scale, a.offset + b.offset),
        _ => DimensionParts.Join(a, b) ?? Compound(a, "+", b),
    };

    public static Dimension operator -(Dimension a, Dimension b) => (a.Symbol, b.Symbol) switch
    {
        (_, null) => new(a.Symbol, a.Scale, a.offset - b.offset),
        (null, _) => new(b.Symbol, -b.Scale, a.offset - b.offset),
        var (x, y) when x == y => new(x, a.Scale - b.Scale, a.offset - b.offset),
        _ => new($"({a} - {b})", 1, 0),
    };

    public static Dimension operator *(Dimension a, Dimension b) => (a.Symbol, b.Symbol) switch
    {
        (_, null) => new(a.Symbol, a.Scale * b.offset, a.offset * b.offset),
        (null, _) => b * a,
        _ => Compound(a, "*", b),
    };

    /// <summary>Exact division; what does not divide becomes a symbol of its own.</summary>
    public static Dimension operator /(Dimension a, Dimension b) => (a.IsKnown, b.IsKnown) switch
    {
        (_, true) when b.offset != 0 && a.Scale % b.offset == 0 && a.offset % b.offset == 0 => new(a.Symbol, a.Scale / b.offset, a.offset / b.offset),
        _ when a == b => new(null, 0, 1),
        (false, false) when a.Symbol == b.Symbol && a.offset == 0 && b.offset == 0 && a.Scale % b.Scale == 0 => new(null, 0, a.Scale / b.Scale),
        _ => new($"({a} / {b})", 1, 0),
    };

    /// <summary>The known number, the symbol, or <c>2*batch + 1</c>.</summary>
    public override string ToString()
    {
        if (IsKnown) return offset.ToString(CultureInfo.InvariantCulture);
        var product = Scale == 1 ? Symbol! : string.Create(CultureInfo.InvariantCulture, $"{Scale}*{Symbol}");
        return offset switch
        {
            0 => product,
            > 0 => string.Create(CultureInfo.InvariantCulture, $"{product} + {offset}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{product} - {-offset}"),
        };
    }

    private static Dimension Compound(Dimension a, string op, Dimension b)
    {
        var (first, second) = string.CompareOrdinal(a.ToString(), b.ToString()) <= 0 ? (a, b) : (b, a);
        return new($"({first} {op} {second})", 1, 0);
    }
}
