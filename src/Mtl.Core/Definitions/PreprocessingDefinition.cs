namespace Mtl.Core.Definitions;

/// <summary>How raw columns become features. Fitted on training rows; part of the exported model.</summary>
public sealed record PreprocessingDefinition
{
    public NumericEncoding Numeric { get; init; } = NumericEncoding.Standard;

    /// <summary>Most quantile bins of a number with <see cref="NumericEncoding.PiecewiseLinear"/>; 2 to 256.</summary>
    public int Bins { get; init; } = 16;

    /// <summary>Categorical columns with at most this many categories become one-hot features, others learned embeddings; 0 to 1024.</summary>
    public int OneHotLimit { get; init; } = 64;

    /// <summary>Categories with fewer training rows than this share the unknown category's place; at least 1.</summary>
    public int MinimumCategoryCount { get; init; } = 1;

    /// <summary>Most categories kept per column, the most frequent ones; the rest share the unknown category's place; 2 to 1,000,000.</summary>
    public int MaximumCategories { get; init; } = 10_000;
}
