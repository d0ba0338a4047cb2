using Orleans.Runtime;

namespace Orleans;

/// <summary>What the runtime knows of a grain's class.</summary>
public interface IGrainBase
{
    /// <summary>The activation that this object is the grain of.</summary>
    IGrainContext GrainContext { get; }

    /// <summary>Called before the first request. When it throws, the activation ends and its callers get the exception.</summary>
    Task OnActivateAsync(CancellationToken token) => Task.CompletedTask;

    /// <summary>Called after the last request. It isn't called when the process dies.</summary>
    Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token) => Task.CompletedTask;
}
