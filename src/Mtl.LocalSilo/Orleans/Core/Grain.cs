using Mtl.LocalSilo.Activations;
using Orleans.Runtime;

namespace Orleans;

/// <summary>The base of grain classes: an object that serves its requests turn by turn, never two turns at once.</summary>
public abstract class Grain : IGrainBase, IAddressable
{
    /// <summary>Made by the runtime, which has put the activation in place by then.</summary>
    protected Grain() => GrainContext = Activation.Constructing!;

    /// <inheritdoc/>
    public IGrainContext GrainContext { get; }

    /// <summary>Makes references to other grains.</summary>
    protected IGrainFactory GrainFactory => Activation.Of(this).Silo.References;

    /// <summary>The services of this activation.</summary>
    protected internal IServiceProvider ServiceProvider => GrainContext.ActivationServices;

    /// <inheritdoc/>
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends this activation when its running requests are done; the next call makes a new one.</summary>
    protected void DeactivateOnIdle() => GrainBaseExtensions.DeactivateOnIdle(this);

    /// <summary>
    /// Keeps this activation from being collected as idle for that time. Zero takes an earlier wish back,
    /// <see cref="Timeout.InfiniteTimeSpan"/> keeps it for good.
    /// </summary>
    protected void DelayDeactivation(TimeSpan timeSpan) => Activation.Of(this).DelayCollection(timeSpan);
}
