using Orleans;

namespace Mtl.Grains.Contracts;

/// <summary>Admits as many training runs at once as a machine has cores for; key: the silo's name. First come, first served.</summary>
[Alias("mtl.ITrainingSlotsGrain")]
public interface ITrainingSlotsGrain : IGrainWithStringKey
{
    /// <summary>
    /// Asks for up to <paramref name="cores"/> cores; <see cref="IRunGrain.SlotGranted"/> is called with as many as there are, one at least: a run that is alone gets all it asked for,
    /// runs that wait together get one each. Asking again keeps the place in the queue; a run that holds cores is told so again.
    /// </summary>
    [Alias("Request")]
    Task Request(string runId, int cores);

    /// <summary>Gives cores back, or the place in the queue; no error when there is none.</summary>
    [Alias("Release")]
    Task Release(string runId);

    /// <summary>Cores that nobody holds or waits for, and cores in all.</summary>
    [Alias("Describe")]
    Task<SlotsOverview> Describe();
}

/// <summary>The machine's training slots.</summary>
[GenerateSerializer, Immutable, Alias("mtl.SlotsOverview")]
public sealed record SlotsOverview([property: Id(0)] int Cores, [property: Id(1)] int FreeCores, [property: Id(2)] string[] Running, [property: Id(3)] string[] Waiting);
