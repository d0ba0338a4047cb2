using Mtl.Tracking.Metrics;

namespace Mtl.Storage.Relational;

/// <summary>A metric's history in a few numbers, as its table holds it. Not thread-safe.</summary>
internal class SeriesRow
{
    public const string Columns =
        "id, key, points, last_step, last_time, last_value, least_step, least_time, least_value, greatest_step, greatest_time, greatest_value, open_chunks";

    /// <summary><see cref="Columns"/> of a table that goes by an alias.</summary>
    public static string ColumnsOf(string alias) => $"{alias}.{Columns.Replace(", ", $", {alias}.", StringComparison.Ordinal)}";

    public required long Id { get; init; }

    public required string Key { get; init; }

    /// <summary>0 for a series that has just been added; no other is stored without points.</summary>
    public required long Points { get; set; }

    public required long LastStep { get; set; }

    public required long LastTime { get; set; }

    public required StoredNumber LastValue { get; set; }

    public long? LeastStep { get; set; }

    public long? LeastTime { get; set; }

    public StoredNumber? LeastValue { get; set; }

    public long? GreatestStep { get; set; }

    public long? GreatestTime { get; set; }

    public StoredNumber? GreatestValue { get; set; }

    /// <summary><see cref="Relational.OpenChunks"/>.</summary>
    public required byte[] OpenChunks { get; set; }

    public MetricPoint Last => new(Key, LastStep, LastValue, LastTime.ToTime());

    public MetricPoint? Least => Point(LeastStep, LeastTime, LeastValue);

    public MetricPoint? Greatest => Point(GreatestStep, GreatestTime, GreatestValue);

    public MetricSummary ToSummary() => new(Points, Last, Least, Greatest);

    /// <summary>Counts points that are new to the series; gives back what they add to its extremes, by level.</summary>
    public List<(int Level, MetricPoint Point)> Add(IEnumerable<MetricPoint> fresh)
    {
        var extremes = new List<(int, MetricPoint)>();
        var chunks = Relational.OpenChunks.Read(Key, OpenChunks);
        foreach (var point in fresh)
        {
            if (Points == 0 || PointOrder.Instance.Compare(point, Last) > 0)
                (LastStep, LastTime, LastValue) = (point.Step, point.Time.UtcTicks, point.Value);
            if (!double.IsNaN(point.Value))
            {
                if (LeastValue is not { } least || point.Value < least || (point.Value == least && Precedes(point, LeastStep, LeastTime)))
                    (LeastStep, LeastTime, LeastValue) = (point.Step, point.Time.UtcTicks, point.Value);
                if (GreatestValue is not { } greatest || point.Value > greatest || (point.Value == greatest && Precedes(point, GreatestStep, GreatestTime)))
                    (GreatestStep, GreatestTime, GreatestValue) = (point.Step, point.Time.UtcTicks, point.Value);
            }

            Points++;
            chunks.Add(point, extremes);
        }

        OpenChunks = chunks.Write();
        return extremes;
    }

    private static bool Precedes(MetricPoint point, long? step, long? time) => point.Step < step || (point.Step == step && point.Time.UtcTicks < time);

    private MetricPoint? Point(long? step, long? time, StoredNumber? value) => value is { } number ? new MetricPoint(Key, step!.Value, number, time!.Value.ToTime()) : null;
}
