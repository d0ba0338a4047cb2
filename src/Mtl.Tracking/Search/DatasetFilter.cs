namespace Mtl.Tracking.Search;

/// <summary>A dataset that metrics of logged models were measured on.</summary>
/// <param name="Digest">Empty for any of that name.</param>
public sealed record DatasetFilter(string Name, string Digest = "");
