namespace Mtl.Tracking.Search;

/// <summary>What a search knows of an attribute.</summary>
/// <param name="Key">Its canonical name, as <see cref="ISearch"/> takes it.</param>
/// <param name="IsNumber">Compares with a number rather than a text.</param>
public sealed record SearchAttribute(string Key, bool IsNumber = false)
{
    /// <summary>May stand in a filter; otherwise in an order only.</summary>
    public bool IsFilter { get; init; } = true;

    public bool IsOrder { get; init; } = true;

    /// <summary>Compares with a list of texts (<c>IN ('a', 'b')</c>).</summary>
    public bool TakesLists { get; init; }

    /// <summary>The store's words for the protocol's; a text that is not among them is taken as it is. Null where they are the same.</summary>
    public IReadOnlyDictionary<string, string>? Words { get; init; }

    /// <summary>Other names that it goes by.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];
}
