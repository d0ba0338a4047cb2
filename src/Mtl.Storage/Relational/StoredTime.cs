namespace Mtl.Storage.Relational;

/// <summary>Times as the database holds them: UTC, in ticks of 100 ns.</summary>
internal static class StoredTime
{
    public static DateTimeOffset ToTime(this long ticks) => new(ticks, TimeSpan.Zero);

    public static DateTimeOffset? ToTime(this long? ticks) => ticks?.ToTime();
}
