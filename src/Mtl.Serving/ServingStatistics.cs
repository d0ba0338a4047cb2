namespace Mtl.Serving;

/// <summary>What a served model has done since it was loaded. Requests refused before their run are not counted.</summary>
/// <param name="Requests">Requests answered.</param>
/// <param name="Failed">Requests whose run broke.</param>
/// <param name="Rows">Rows of the answered requests.</param>
/// <param name="Runs">Runs of the model; fewer than <paramref name="Requests"/> where requests shared them.</param>
/// <param name="Waiting">Time that answered requests waited for their run, summed over requests.</param>
/// <param name="Running">Time that the runs of answered requests took, summed over requests.</param>
/// <param name="LastRunAt">When the last run ended; null before the first.</param>
public sealed record ServingStatistics(long Requests, long Failed, long Rows, long Runs, TimeSpan Waiting, TimeSpan Running, DateTimeOffset? LastRunAt)
{
    public static ServingStatistics None { get; } = new(0, 0, 0, 0, TimeSpan.Zero, TimeSpan.Zero, null);
}
