namespace Mtl.Learning.Analysis;

/// <summary>
/// Multi-task performance Δm: the mean over tasks of the signed relative change of their test metrics against single-task baselines.
/// Source: Maninis, Radosavovic and Kokkinos, "Attentive Single-Tasking of Multiple Tasks", 2019.
/// </summary>
/// <param name="Tasks">Each task's part.</param>
public sealed record DeltaM(IReadOnlyList<TaskDelta> Tasks)
{
    /// <summary>Mean over the tasks whose change is defined, in percent, positive is better; null when none is.</summary>
    public double? Percent => Tasks.Average(task => task.Percent);

    /// <summary>The tasks whose change is undefined and which <see cref="Percent"/> leaves out.</summary>
    public IReadOnlyList<string> Undefined => [.. Tasks.Where(task => task.Percent is null).Select(task => task.Task)];

    /// <summary>The tasks that do worse than alone.</summary>
    public IReadOnlyList<string> NegativeTransfer => [.. Tasks.Where(task => task.IsNegativeTransfer).Select(task => task.Task)];
}
