using Orleans;

namespace Mtl.Grains.Contracts;

/// <summary>One task of an experiment; key: experiment id / task name. Tells of its definition, its baseline and its results over all runs.</summary>
[Alias("mtl.ITaskGrain")]
public interface ITaskGrain : IGrainWithStringKey
{
    [Alias("Describe")]
    Task<Reply<TaskOverview>> Describe();
}

/// <summary>A task over all completed runs of its experiment.</summary>
/// <param name="Definition">The <c>TaskDefinition</c> in its JSON form.</param>
/// <param name="PrimaryMetric">The metric compared (<c>roc_auc</c>).</param>
/// <param name="Baseline">The baseline's value of it; null while there is none.</param>
/// <param name="Results">The completed multi-task runs' values, the newest run first.</param>
[GenerateSerializer, Immutable, Alias("mtl.TaskOverview")]
public sealed record TaskOverview(
    [property: Id(0)] string Definition, [property: Id(1)] string PrimaryMetric, [property: Id(2)] double? Baseline, [property: Id(3)] TaskRunResult[] Results);

/// <summary>A run's result on one task.</summary>
/// <param name="Weights">The task's weight λ over the run's epochs.</param>
[GenerateSerializer, Immutable, Alias("mtl.TaskRunResult")]
public sealed record TaskRunResult([property: Id(0)] string RunId, [property: Id(1)] double Value, [property: Id(2)] double[] Weights);
