using System.Data.Common;
using System.Globalization;
using Dapper;
using Mtl.Core;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Models;

namespace Mtl.Storage.Relational;

/// <summary>What was logged of logged models, within the caller's transaction.</summary>
internal static class LoggedModelMetrics
{
    private const int RowsAtOnce = 100;

    /// <summary>Adds the points that are not there yet; NotFound names the first model that is not there.</summary>
    public static Error? Add(DbConnection connection, long runNo, IReadOnlyList<ModelMetric> metrics)
    {
        var models = Batches.Query<(string Id, long No)>(connection, "SELECT id, no FROM logged_models WHERE id IN @ids", metrics.Select(metric => metric.ModelId))
            .ToDictionary(row => row.Id, row => row.No);
        if (metrics.FirstOrDefault(metric => !models.ContainsKey(metric.ModelId)) is { } missing)
            return Failures.NotFound("logged model", missing.ModelId);

        // In the order of the table, so that two writers never wait for each other.
        var ordered = metrics.OrderBy(metric => models[metric.ModelId]).ThenBy(metric => metric.Point.Key, StringComparer.Ordinal).ThenBy(metric => metric.Point, PointOrder.Instance)
            .ThenBy(metric => metric.DatasetName, StringComparer.Ordinal).ThenBy(metric => metric.DatasetDigest, StringComparer.Ordinal);
        foreach (var rows in ordered.Chunk(RowsAtOnce))
            Insert(connection, runNo, models, rows);
        return null;
    }

    /// <summary>By model id, the last points of each metric, run and dataset.</summary>
    public static ILookup<string, ModelMetric> Of(DbConnection connection, IEnumerable<string> modelIds) => Batches
        .Query<Row>(
            connection,
            $"""
            SELECT m.id AS model_id, r.id AS run_id, x.key, x.time, x.step, x.value, x.dataset_name, x.dataset_digest
            FROM (
              SELECT model_no, key, time, step, run_no, dataset_name, dataset_digest, value,
                     row_number() OVER (PARTITION BY model_no, key, run_no, dataset_name, dataset_digest ORDER BY time DESC, step DESC, value DESC) AS place
              FROM logged_model_metrics WHERE model_no IN (SELECT no FROM logged_models WHERE id IN @ids)
            ) AS x
            JOIN logged_models m ON m.no = x.model_no
            JOIN runs r ON r.no = x.run_no
            WHERE x.place <= {LoggedModel.MostPoints}
            ORDER BY x.model_no, x.key, x.time, x.step, x.run_no, x.dataset_name, x.dataset_digest, x.value
            """,
            modelIds)
        .ToLookup(row => row.ModelId, row => new ModelMetric(row.ModelId, row.RunId, new MetricPoint(row.Key, row.Step, row.Value, row.Time.ToTime()), row.DatasetName, row.DatasetDigest));

    private static void Insert(DbConnection connection, long runNo, Dictionary<string, long> models, ModelMetric[] rows)
    {
        var parameters = new DynamicParameters();
        parameters.Add("run", runNo);
        var values = new List<string>(rows.Length);
        foreach (var (i, metric) in rows.Index())
        {
            var n = i.ToString(CultureInfo.InvariantCulture);
            values.Add($"(@m{n}, @k{n}, @t{n}, @s{n}, @run, @n{n}, @d{n}, @v{n})");
            parameters.Add($"m{n}", models[metric.ModelId]);
            parameters.Add($"k{n}", metric.Point.Key);
            parameters.Add($"t{n}", metric.Point.Time.UtcTicks);
            parameters.Add($"s{n}", metric.Point.Step);
            parameters.Add($"n{n}", metric.DatasetName);
            parameters.Add($"d{n}", metric.DatasetDigest);
            parameters.Add($"v{n}", (StoredNumber)metric.Point.Value);
        }

        connection.Execute(
            $"INSERT INTO logged_model_metrics (model_no, key, time, step, run_no, dataset_name, dataset_digest, value) VALUES {string.Join(", ", values)} ON CONFLICT DO NOTHING", parameters);
    }

    private sealed class Row
    {
        public required string ModelId { get; init; }

        public required string RunId { get; init; }

        public required string Key { get; init; }

        public required long Time { get; init; }

        public required long Step { get; init; }

        public required StoredNumber Value { get; init; }

        public required string DatasetName { get; init; }

        public required string DatasetDigest { get; init; }
    }
}
