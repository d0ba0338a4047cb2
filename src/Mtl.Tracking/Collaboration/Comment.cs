using Mtl.Tracking.Tags;

namespace Mtl.Tracking.Collaboration;

/// <summary>What somebody said of an experiment, a run or a model.</summary>
/// <param name="Author">Account name; empty when nobody was signed in.</param>
/// <param name="Text">Markdown.</param>
/// <param name="EditedAt">Null while it stands as it was first written.</param>
public sealed record Comment(string Id, TagOwner On, string Author, string Text, DateTimeOffset CreatedAt, DateTimeOffset? EditedAt);
