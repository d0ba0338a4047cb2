using System.Collections.ObjectModel;
using Mtl.Core.Definitions;
using Mtl.Tracking.Experiments;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Runs;

namespace Mtl.Application.Runs;

/// <summary>Makes list rows of stored runs.</summary>
internal sealed class RunSummaries(IExperimentStore experiments, IMetricStore metrics)
{
    public async Task<IReadOnlyList<RunSummary>> OfAsync(IReadOnlyList<Run> runs, CancellationToken cancellation)
    {
        var latest = await metrics.LatestAsync([.. runs.Select(run => run.Id)], cancellation);
        var names = new Dictionary<string, string>();
        foreach (var id in runs.Select(run => run.ExperimentId).Distinct())
            names[id] = (await experiments.GetAsync(id, cancellation)).Match(experiment => experiment.Name, _ => "");
        return [.. runs.Select(run => Of(run, names[run.ExperimentId], latest.GetValueOrDefault(run.Id)))];
    }

    public static double? DeltaM(IReadOnlyDictionary<string, double>? latest) => latest?.TryGetValue("all/delta_m", out var deltaM) == true ? deltaM : null;

    /// <summary>Time left if training goes on at the pace so far and no early stop comes; null where the number of steps is not known.</summary>
    public static double? SecondsLeft(RunStatus status, RunProgress progress) => status == RunStatus.Running && progress is { Step: > 0, TotalSteps: > 0 }
        ? progress.TrainingSeconds / progress.Step * (progress.TotalSteps - progress.Step)
        : null;

    private static RunSummary Of(Run run, string experimentName, IReadOnlyDictionary<string, double>? latest) => new(
        run.Id,
        run.ExperimentId,
        experimentName,
        run.Name,
        run.Kind,
        run.Status,
        run.Definition?.MethodKeys() ?? "",
        run.Progress,
        SecondsLeft(run.Status, run.Progress),
        run.Failure,
        run.CreatedAt,
        run.StartedAt,
        run.EndedAt,
        latest ?? ReadOnlyDictionary<string, double>.Empty,
        DeltaM(latest));
}
