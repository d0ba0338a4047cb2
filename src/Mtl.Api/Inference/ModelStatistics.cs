using Mtl.Application.Models;

namespace Mtl.Api.Inference;

/// <summary>Triton's <c>$stats_model_response</c>.</summary>
internal sealed record ModelStatisticsList(IReadOnlyList<ModelStatistics> ModelStats);

/// <summary>Triton's <c>$model_stat</c>, as far as it is counted here.</summary>
/// <param name="LastInference">Milliseconds since 1970; 0 before the first.</param>
/// <param name="InferenceCount">Rows.</param>
/// <param name="ExecutionCount">Runs of the model: fewer than requests where requests shared them.</param>
internal sealed record ModelStatistics(string Name, string Version, long LastInference, long InferenceCount, long ExecutionCount, InferenceDurations InferenceStats)
{
    public static ModelStatistics Of(ModelActivity activity)
    {
        var done = activity.Statistics;
        return new ModelStatistics(
            activity.Version.Name,
            ProtocolJson.Text(activity.Version.Version),
            done.LastRunAt?.ToUnixTimeMilliseconds() ?? 0,
            done.Rows,
            done.Runs,
            new InferenceDurations(
                new CountedDuration(done.Requests, Nanoseconds(done.Waiting + done.Running)),
                new CountedDuration(done.Requests, Nanoseconds(done.Waiting)),
                new CountedDuration(done.Requests, Nanoseconds(done.Running)),
                new CountedRequests(done.Failed)));
    }

    private static long Nanoseconds(TimeSpan time) => time.Ticks * TimeSpan.NanosecondsPerTick;
}

/// <summary>Triton's <c>$inference_stats</c>: request counts with their summed durations.</summary>
internal sealed record InferenceDurations(CountedDuration Success, CountedDuration Queue, CountedDuration ComputeInfer, CountedRequests Fail);

/// <summary>Triton's <c>$duration_stat</c>; nanoseconds.</summary>
internal sealed record CountedDuration(long Count, long Ns);

/// <summary>Requests whose time is not kept.</summary>
internal sealed record CountedRequests(long Count);
