namespace Mtl.Tracking.People;

/// <summary>Which entries are wanted; what is null or empty is not asked for.</summary>
public sealed record AuditFilter
{
    /// <summary>Name of a person, whatever the case of its letters.</summary>
    public string Who { get; init; } = "";

    /// <summary>Beginning of the action: <c>account.</c> gives everything of accounts.</summary>
    public string Action { get; init; } = "";

    /// <summary>Beginning of the thing: <c>experiment:</c>.</summary>
    public string Thing { get; init; } = "";

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? Until { get; init; }

    /// <summary>Entries older than the one of this id, for the next page; null begins with the newest.</summary>
    public long? Before { get; init; }

    public int Limit { get; init; } = 100;
}
