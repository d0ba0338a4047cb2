namespace Mtl.LocalSilo.Activations;

/// <summary>Something that lives no longer than its activation: a timer, a stream.</summary>
internal interface IActivationPart
{
    /// <summary>Ends it; called in a turn of the activation. Never throws.</summary>
    Task EndAsync();
}
