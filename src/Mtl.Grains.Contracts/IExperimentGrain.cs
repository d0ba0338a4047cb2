using Orleans;
using Orleans.Concurrency;

namespace Mtl.Grains.Contracts;

/// <summary>One experiment; key: its id. The only writer of its record.</summary>
[Alias("mtl.IExperimentGrain")]
public interface IExperimentGrain : IGrainWithStringKey
{
    /// <summary>Validates the definition (an <c>ExperimentDefinition</c> in its JSON form) and stores it as a new experiment.</summary>
    [Alias("Create")]
    Task<Reply<string>> Create(string definition);

    [Alias("Update")]
    Task<Reply<string>> Update(string definition);

    [Alias("Delete")]
    Task<Reply<string>> Delete();

    /// <summary>Starts a run of the stored definition, or of <paramref name="variant"/> (JSON), and the baseline where one is due. Gives back run ids, the multi-task one first.</summary>
    [Alias("Start")]
    Task<Reply<string[]>> Start(string? variant);

    /// <summary>Told by a run of this experiment when it has completed: compares what can now be compared.</summary>
    [Alias("RunCompleted"), OneWay]
    Task RunCompleted(string runId);
}
