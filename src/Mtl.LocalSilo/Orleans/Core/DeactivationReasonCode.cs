namespace Orleans;

/// <summary>The kinds of reasons for which an activation ends.</summary>
public enum DeactivationReasonCode : byte
{
    /// <summary>No reason was given.</summary>
    None,

    /// <summary>The process is stopping.</summary>
    ShuttingDown,

    /// <summary>The grain could not be made, or its OnActivateAsync threw.</summary>
    ActivationFailed,

    /// <summary>The grain's place could not be registered; happens in clusters only.</summary>
    DirectoryFailure,

    /// <summary>Nobody has called the grain for the collection age.</summary>
    ActivationIdle,

    /// <summary>The activation doesn't answer; happens in clusters only.</summary>
    ActivationUnresponsive,

    /// <summary>Another activation of the grain exists; happens in clusters only.</summary>
    DuplicateActivation,

    /// <summary>A request of another interface version came in; happens in clusters only.</summary>
    IncompatibleRequest,

    /// <summary>The application failed.</summary>
    ApplicationError,

    /// <summary>The grain asked for it by DeactivateOnIdle.</summary>
    ApplicationRequested,

    /// <summary>The grain moves elsewhere; happens in clusters only.</summary>
    Migrating,

    /// <summary>The runtime asked for it.</summary>
    RuntimeRequested,

    /// <summary>Memory runs short.</summary>
    HighMemoryPressure,
}
