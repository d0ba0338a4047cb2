namespace Mtl.Data.Profiling;

/// <summary>A column that (nearly) determines a task's labels, and so is probably a copy of them, computed from them, or known only after the fact.</summary>
/// <param name="Column">The suspect.</param>
/// <param name="Task">The task's name.</param>
/// <param name="Measure"><c>R²</c> for regression, <c>τ</c> for classes; see <see cref="Leaks"/>.</param>
/// <param name="Value">0 (independent) to 1 (determined).</param>
/// <param name="Reason">As a sentence.</param>
public sealed record LeakSuspicion(string Column, string Task, string Measure, double Value, string Reason);
