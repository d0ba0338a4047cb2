using System.Reflection;
using Orleans.Runtime;

namespace Mtl.LocalSilo;

/// <summary>What a local silo hosts, and its times. Defaults as in Orleans.</summary>
public sealed class LocalSiloOptions
{
    /// <summary>The assemblies whose grain classes are hosted; their grain interfaces and messages are checked at the start.</summary>
    public ISet<Assembly> GrainAssemblies { get; } = new HashSet<Assembly>();

    /// <summary>How long a caller waits for a response before it gets a <see cref="TimeoutException"/>. Default: 30 s.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a grain stays active without use. Default: 15 min.</summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How often idle grains are looked for; below <see cref="CollectionAge"/>. Default: 1 min.</summary>
    public TimeSpan CollectionQuantum { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long running requests, and after them OnDeactivateAsync, may hold up an activation's end. Default: 30 s.</summary>
    public TimeSpan DeactivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A turn longer than this is logged as a warning, because nothing else of the grain goes on meanwhile. Default: 200 ms.</summary>
    public TimeSpan TurnWarningLength { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Whether [Immutable] values are passed on without copying, as Orleans does within a silo. Off: they are copied and thereby checked like
    /// all others, as Orleans does between silos; tests run this way. Default: on.
    /// </summary>
    public bool TrustImmutable { get; set; } = true;

    internal void Validate()
    {
        RequirePositive(ResponseTimeout, nameof(ResponseTimeout));
        RequirePositive(CollectionQuantum, nameof(CollectionQuantum));
        RequirePositive(DeactivationTimeout, nameof(DeactivationTimeout));
        RequirePositive(TurnWarningLength, nameof(TurnWarningLength));
        if (CollectionAge <= CollectionQuantum)
        {
            throw new OrleansConfigurationException(
                $"{nameof(CollectionAge)} is {CollectionAge}; allowed is more than {nameof(CollectionQuantum)} ({CollectionQuantum}). "
                + "Raise the one or lower the other.");
        }

        if (GrainAssemblies.Count == 0)
        {
            throw new OrleansConfigurationException(
                $"{nameof(GrainAssemblies)} is empty. Add the assembly that holds the grain classes: "
                + "AddLocalSilo(options => options.GrainAssemblies.Add(typeof(SomeGrain).Assembly)).");
        }
    }

    private static void RequirePositive(TimeSpan value, string name)
    {
        if (value <= TimeSpan.Zero) throw new OrleansConfigurationException($"{name} is {value}; allowed is any time above zero.");
    }
}
