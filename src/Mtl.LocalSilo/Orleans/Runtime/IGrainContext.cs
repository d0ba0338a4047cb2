namespace Orleans.Runtime;

/// <summary>An activation of a grain.</summary>
public interface IGrainContext
{
    /// <summary>The grain's id.</summary>
    GrainId GrainId { get; }

    /// <summary>The object that serves the grain's requests; null until it is made.</summary>
    object? GrainInstance { get; }

    /// <summary>The services of this activation; scoped ones live as long as it does.</summary>
    IServiceProvider ActivationServices { get; }

    /// <summary>Complete when the activation has ended.</summary>
    Task Deactivated { get; }

    /// <summary>Starts the activation's end: running requests finish, waiting ones go to a new activation.</summary>
    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
}
