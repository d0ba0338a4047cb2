namespace Mtl.Tracking.Models;

/// <summary>The name under which versions are registered.</summary>
public sealed record RegisteredModel(string Name, string Description, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);
