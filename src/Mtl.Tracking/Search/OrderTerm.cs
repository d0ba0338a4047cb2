namespace Mtl.Tracking.Search;

/// <summary>One term of an order. Records without the key come last, whichever the direction.</summary>
public sealed record OrderTerm(SearchField Field, string Key, bool IsDescending);
