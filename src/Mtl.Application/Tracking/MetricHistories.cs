using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.WebUtilities;
using Mtl.Core;
using Mtl.Tracking.Metrics;

namespace Mtl.Application.Tracking;

/// <inheritdoc cref="IMetricHistories"/>
internal sealed class MetricHistories(IMetricReader metrics, RunAccess runs) : IMetricHistories
{
    private const int PieceSize = 10_000;

    public async Task<Result<IAsyncEnumerable<MetricPoint>>> AllAsync(string runId, string key, string pageToken, CancellationToken cancellation = default)
    {
        var after = await BeginAsync(runId, key, pageToken, cancellation);
        return after.Map(start => ReadAsync(runId, key, start, cancellation));
    }

    public async Task<Result<(IReadOnlyList<MetricPoint> Points, string? NextToken)>> PageAsync(string runId, string key, int limit, string pageToken, CancellationToken cancellation = default)
    {
        var after = await BeginAsync(runId, key, pageToken, cancellation);
        if (!after.IsSuccess)
            return after.Error;
        var points = await metrics.PageAsync(runId, key, after.Value, limit + 1, cancellation);
        return points.Count <= limit ? (points, null) : ([.. points.Take(limit)], TokenOf(points[limit - 1]));
    }

    public async Task<Result<IReadOnlyList<(string RunId, MetricPoint Point)>>> BulkAsync(IReadOnlyList<string> runIds, string key, int limit, CancellationToken cancellation = default)
    {
        var all = new List<(string, MetricPoint)>();
        foreach (var id in runIds)
        {
            var run = await runs.FindAsync(id, Permission.Read, cancellation);
            if (!run.IsSuccess)
                return run.Error;
            if (all.Count < limit)
                all.AddRange((await metrics.PageAsync(id, key, null, limit - all.Count, cancellation)).Select(point => (id, point)));
        }

        return all;
    }

    public async Task<Result<IReadOnlyList<(string RunId, MetricPoint Point)>>> IntervalAsync(
        IReadOnlyList<string> runIds, string key, long? firstStep, long? lastStep, int limit, CancellationToken cancellation = default)
    {
        if (firstStep is null != lastStep is null)
            return Error.Invalid("If either start step or end step are specified, both must be specified.", field: "start_step");
        if (firstStep > lastStep)
            return Error.Invalid($"end_step must be greater than start_step. Found start_step={firstStep} and end_step={lastStep}.", field: "end_step");

        var all = new List<(string, MetricPoint)>();
        foreach (var id in runIds)
        {
            var run = await runs.FindAsync(id, Permission.Read, cancellation);
            if (!run.IsSuccess)
                return run.Error;
            var thinned = await metrics.ThinnedAsync(id, key, Math.Max(limit, IMetricReader.FewestPoints), firstStep ?? long.MinValue, lastStep ?? long.MaxValue, cancellation);
            all.AddRange(Ends(thinned, limit).Select(point => (id, point)));
        }

        return all;
    }

    /// <summary>All of them when so many are wanted; otherwise the last, and the first before it where there is room.</summary>
    private static IReadOnlyList<MetricPoint> Ends(IReadOnlyList<MetricPoint> points, int limit) => points.Count <= limit ? points : limit switch
    {
        1 => [points[^1]],
        < IMetricReader.FewestPoints => [points[0], points[^1]],
        _ => points,
    };

    private async Task<Result<MetricPoint?>> BeginAsync(string runId, string key, string pageToken, CancellationToken cancellation)
    {
        var run = await runs.FindAsync(runId, Permission.Read, cancellation);
        if (!run.IsSuccess)
            return run.Error;
        return pageToken.Length == 0 ? Result.Of<MetricPoint?>(null) : PointOf(key, pageToken);
    }

    private async IAsyncEnumerable<MetricPoint> ReadAsync(string runId, string key, MetricPoint? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        IReadOnlyList<MetricPoint> piece;
        do
        {
            piece = await metrics.PageAsync(runId, key, after, PieceSize, cancellation);
            foreach (var point in piece)
                yield return point;
            after = piece.Count > 0 ? piece[^1] : after;
        }
        while (piece.Count == PieceSize);
    }

    /// <summary>A page begins behind a point: its step, time and value to the bit.</summary>
    private static string TokenOf(MetricPoint point)
    {
        Span<byte> bytes = stackalloc byte[24];
        BinaryPrimitives.WriteInt64BigEndian(bytes, point.Step);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], point.Time.UtcTicks);
        BinaryPrimitives.WriteDoubleBigEndian(bytes[16..], point.Value);
        return WebEncoders.Base64UrlEncode(bytes);
    }

    private static Result<MetricPoint?> PointOf(string key, string token)
    {
        try
        {
            var bytes = WebEncoders.Base64UrlDecode(token);
            if (bytes.Length == 24 && BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(8)) is var ticks && ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks)
            {
                return new MetricPoint(key, BinaryPrimitives.ReadInt64BigEndian(bytes), BinaryPrimitives.ReadDoubleBigEndian(bytes.AsSpan(16)), new DateTimeOffset(ticks, TimeSpan.Zero));
            }
        }
        catch (FormatException)
        {
            // Said below, as for a token of another length.
        }

        return Error.Invalid($"Invalid page token: '{token[..Math.Min(token.Length, 100)]}' is not one that a page of a metric's history gave.", field: "page_token");
    }
}
