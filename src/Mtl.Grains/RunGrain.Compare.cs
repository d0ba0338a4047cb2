using System.Text.Json;
using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Grains.Contracts;
using Mtl.Grains.Training;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Runs;

namespace Mtl.Grains;

public sealed partial class RunGrain
{
    /// <summary>The metric that holds Δm against the baseline, in percent.</summary>
    internal const string DeltaM = "all/delta_m";

    public async Task<Reply<double?>> Compare(string baselineRunId)
    {
        var (own, baseline) = (await ReadResultAsync(Id), await ReadResultAsync(baselineRunId));
        if (run is null || own is null || baseline is null)
            return Error.Conflict($"Run '{Id}' can't be compared with '{baselineRunId}': both must have completed.");

        var comparison = Comparisons.Compare(baselineRunId, own, baseline);
        var document = JsonSerializer.SerializeToUtf8Bytes(comparison, DefinitionJson.Options);
        _ = (await services.Artifacts.WriteAsync(Id, RunFiles.Comparison, stream => stream.WriteAsync(document).AsTask())).Value;
        if (comparison.DeltaM is { } deltaM)
            await services.Metrics.AppendAsync(Id, [new MetricPoint(DeltaM, run.Progress.Step, deltaM, services.Time.GetUtcNow())]);
        return comparison.DeltaM;
    }

    private async Task<RunResult?> ReadResultAsync(string runId)
    {
        var opened = await services.Artifacts.OpenAsync(runId, RunFiles.Result);
        if (!opened.IsSuccess)
            return null;
        await using var stream = opened.Value;
        return await JsonSerializer.DeserializeAsync<RunResult>(stream, DefinitionJson.Options);
    }
}
