using Orleans.Runtime;

namespace Mtl.LocalSilo;

/// <summary>The running silo, for those who look after it: diagnostics and tests.</summary>
public interface ILocalSilo
{
    /// <summary>The grains that are active now, one entry per activation.</summary>
    IReadOnlyList<GrainId> Activations { get; }

    /// <summary>Ends the activations of the grain, if there are any, and completes when they have ended.</summary>
    Task DeactivateAsync(IAddressable grain, CancellationToken cancellationToken = default);
}
