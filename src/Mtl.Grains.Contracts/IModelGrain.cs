using Orleans;

namespace Mtl.Grains.Contracts;

/// <summary>One registered model; key: its name. The only writer of its versions and aliases.</summary>
[Alias("mtl.IModelGrain")]
public interface IModelGrain : IGrainWithStringKey
{
    /// <summary>Registers a completed run's exported file as the next version; a run registered already keeps its version.</summary>
    [Alias("Register")]
    Task<Reply<int>> Register(ModelRegistration registration);

    /// <summary>Points an alias at a version; null takes it away.</summary>
    [Alias("SetAlias")]
    Task<Reply<string>> SetAlias(string alias, int? version);
}

/// <summary>An exported model to be registered.</summary>
[GenerateSerializer, Immutable, Alias("mtl.ModelRegistration")]
public sealed record ModelRegistration([property: Id(0)] string RunId, [property: Id(1)] string File, [property: Id(2)] double ParityError, [property: Id(3)] string Sha256);
