namespace Mtl.Testing.Load;

/// <summary>What a load came to.</summary>
/// <param name="Acknowledged">For each run, how many batches were acknowledged: the first so many.</param>
/// <param name="Milliseconds">Times of the acknowledged requests, in order.</param>
/// <param name="Refusals">Other answers, with their numbers.</param>
public sealed record LoadReport(
    IReadOnlyList<string> Runs, BatchShape Shape, TimeSpan Elapsed, IReadOnlyList<int> Acknowledged, IReadOnlyList<double> Milliseconds, IReadOnlyDictionary<string, int> Refusals)
{
    public long Points => Acknowledged.Sum(batches => (long)batches) * Shape.Points;

    public double PointsPerSecond => Points / Elapsed.TotalSeconds;

    public double Sum => Acknowledged.Sum(batches => Enumerable.Range(0, batches).Sum(Shape.Sum));

    /// <summary>The time that this part of the requests took at most, in milliseconds.</summary>
    public double Quantile(double part) => Milliseconds.Count == 0 ? double.NaN : Milliseconds[(int)Math.Min(Milliseconds.Count - 1, Math.Ceiling(part * Milliseconds.Count) - 1)];

    /// <summary>Reads every point of every run back and compares it with what was sent.</summary>
    public async Task<ReadBack> ReadBackAsync(MlflowClient client)
    {
        var (points, sum, wrong) = (0L, 0.0, new List<string>());
        var (missing, half, unacknowledged) = (0, 0, 0);
        foreach (var (run, batches) in Runs.Zip(Acknowledged))
        {
            var found = new Dictionary<int, int>();
            for (var key = 0; key < Shape.Keys; key++)
            {
                var before = -1L;
                await foreach (var (step, value) in client.HistoryAsync(run, BatchShape.Key(key)))
                {
                    if (value != BatchShape.Value(key, step) || step <= before)
                        wrong.Add($"run {run}, {BatchShape.Key(key)}, step {step} (after {before}): {value}, not {BatchShape.Value(key, step)}");
                    before = step;
                    found[Shape.BatchOf(step)] = found.GetValueOrDefault(Shape.BatchOf(step)) + 1;
                    points++;
                    sum += value;
                }
            }

            half += found.Count(batch => batch.Value != Shape.Points);
            missing += Enumerable.Range(0, batches).Count(batch => !found.ContainsKey(batch));
            unacknowledged += found.Keys.Count(batch => batch >= batches);
        }

        return new ReadBack(points, sum, missing, half, unacknowledged, wrong);
    }
}

/// <summary>What a server gave back of a load.</summary>
/// <param name="Missing">Acknowledged batches of which nothing is there.</param>
/// <param name="Half">Batches of which a part is there.</param>
/// <param name="Unacknowledged">Batches that are there although their writer was not told so.</param>
/// <param name="Wrong">Points that were never sent, or twice.</param>
public sealed record ReadBack(long Points, double Sum, int Missing, int Half, int Unacknowledged, IReadOnlyList<string> Wrong);
