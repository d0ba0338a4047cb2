namespace Mtl.Grains;

/// <summary>What a silo's grains need to know of their process.</summary>
public sealed record GrainsOptions
{
    /// <summary>This process among all that ever used the store; a lease of another name is another process'.</summary>
    public string SiloName { get; init; } = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():N}";

    /// <summary>Cores that training may use.</summary>
    public int TrainingCores { get; init; } = Environment.ProcessorCount;

    /// <summary>How long a run's lease holds without a heartbeat.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>No other process can be using the store, so a lease of another name is a dead process' and void at once.</summary>
    public bool IsOnlyProcess { get; init; } = true;

    /// <summary>How often a running run looks at its training loop, writes its heartbeat and tells its watchers.</summary>
    public TimeSpan Tick { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How often the supervisor looks for runs that nobody attends to.</summary>
    public TimeSpan SupervisorPeriod { get; init; } = TimeSpan.FromSeconds(5);
}
