namespace Mtl.Tracking.Runs;

/// <summary>An experiment's live runs in a few numbers, for lists of experiments that may have very many.</summary>
/// <param name="Active">How many are queued or running.</param>
/// <param name="LastAt">When the last of them began or ended.</param>
/// <param name="Compared">Ids of the completed multi-task runs, which Δm is known of.</param>
public sealed record RunCounts(long Runs, long Active, DateTimeOffset LastAt, IReadOnlyList<string> Compared);
