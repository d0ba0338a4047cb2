using Orleans.Runtime;

namespace Mtl.LocalSilo.Activations;

/// <summary>What stands behind a grain id: one activation, or the pool of a stateless worker.</summary>
internal interface IRequestTarget
{
    GrainId GrainId { get; }

    /// <summary>The activations there are now.</summary>
    IReadOnlyList<Activation> Activations { get; }

    /// <summary>Takes a request; false if this has ended, and a new target has to be made.</summary>
    bool TryReceive(Request request);
}
