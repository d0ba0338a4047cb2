namespace Mtl.Core.Signatures;

/// <summary>What a raw input column holds.</summary>
public enum InputKind
{
    /// <summary>A float32 number; NaN is missing.</summary>
    Numeric,

    /// <summary>A text; the empty text is missing, one that training has not seen shares the unknown category.</summary>
    Categorical,

    /// <summary>A text of many words, given as it is; the empty text is missing.</summary>
    Text,
}

/// <summary>One raw input of an exported model: a tensor <c>[batch, 1]</c> named like its column.</summary>
/// <param name="Name">The column.</param>
/// <param name="Kind">What it holds.</param>
public sealed record ModelInput(string Name, InputKind Kind)
{
    /// <summary>Least training value of a number.</summary>
    public double Minimum { get; init; }

    /// <summary>Greatest training value of a number.</summary>
    public double Maximum { get; init; }

    /// <summary>Mean training value of a number: what a missing value becomes.</summary>
    public double Mean { get; init; }

    /// <summary>Every training value of a number was whole.</summary>
    public bool IsWhole { get; init; }

    /// <summary>The number is a date, as days since 1970-01-01 UTC.</summary>
    public bool IsDate { get; init; }

    /// <summary>Most tokens of a text that the model reads; it passes over the rest. 0 for others.</summary>
    public int MaximumTokens { get; init; }

    /// <summary>The known categories, the most frequent first; empty for numbers and texts.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];
}
