namespace Mtl.Tracking.Search;

/// <summary>A page of records.</summary>
/// <param name="NextToken">Of the next page; null when this is the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextToken);
