namespace Mtl.Core.Definitions;

/// <summary>How often the rows of tasks that have rows of their own come into batches. An epoch always has as many rows as there are training rows.</summary>
public enum TaskDrawing
{
    /// <summary>Every row once per epoch, so tasks in proportion to their rows.</summary>
    Proportional,

    /// <summary>As many rows of each task: small tasks' rows repeatedly, large tasks' in part.</summary>
    Uniform,

    /// <summary>Between the two: a share pₜ ∝ nₜ^(1/τ) of the rows for a task of nₜ rows, τ = <see cref="TrainingDefinition.DrawingTemperature"/>.</summary>
    Temperature,
}
