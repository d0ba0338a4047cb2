namespace Mtl.Tracking.People;

/// <summary>People who are given permissions together.</summary>
/// <param name="Name">Unique whatever the case of its letters.</param>
/// <param name="Members">Ids of users.</param>
public sealed record Team(string Id, string Name, DateTimeOffset CreatedAt, IReadOnlyList<string> Members);
