using Mtl.LocalSilo.Hosting;

namespace Mtl.LocalSilo.Activations;

/// <summary>Something that an activation is asked to do: a call, a tick of a timer, the next batch of a stream.</summary>
internal abstract class Request
{
    /// <summary>Whether it may run beside any other request.</summary>
    public abstract bool Interleaves { get; }

    /// <summary>Whether it may run beside others that change nothing either.</summary>
    public virtual bool IsReadOnly => false;

    /// <summary>Whether it counts as use of the grain.</summary>
    public virtual bool KeepsAlive => true;

    /// <summary>Whether nobody waits for it any more, so that it needn't be started.</summary>
    public virtual bool IsOver => false;

    /// <summary>Does it, in turns of the activation. Never throws.</summary>
    public abstract Task RunAsync(Activation activation);

    /// <summary>It can't be done. Called at most once, and not after <see cref="RunAsync"/>.</summary>
    public abstract void Fail(Exception exception);

    /// <summary>The activation has ended before it came to this.</summary>
    public abstract void Return(Silo silo);
}
