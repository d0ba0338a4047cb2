namespace Mtl.Tracking.Search;

/// <summary>One term of an order. Records without the key come last, whichever the direction.</summary>
public sealed record OrderTerm(SearchField Field, string Key, bool IsDescending)
{
    /// <summary>Of a logged model's metric: looks at what was measured on that dataset alone.</summary>
    public DatasetFilter? Dataset { get; init; }
}
