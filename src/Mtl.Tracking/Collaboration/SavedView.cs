namespace Mtl.Tracking.Collaboration;

/// <summary>A way to look at an experiment's runs that was kept under a name.</summary>
/// <param name="Query">The page's state as it stands in its address behind the question mark: filter, columns, order.</param>
/// <param name="CreatedBy">Account name; empty when nobody was signed in.</param>
public sealed record SavedView(string Id, string ExperimentId, string Name, string Query, string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);
