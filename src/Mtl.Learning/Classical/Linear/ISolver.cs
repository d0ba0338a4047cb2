using Mtl.Learning.State;

namespace Mtl.Learning.Classical.Linear;

/// <summary>Minimises a smooth part plus penalties, an iteration at a time.</summary>
internal interface ISolver : IStateful
{
    /// <summary>The coefficients, intercepts that were eliminated not yet set.</summary>
    ReadOnlySpan<double> Coefficients { get; }

    /// <param name="smooth">The smooth part.</param>
    /// <param name="parts">The penalties.</param>
    /// <param name="isFirst">Whether the problem has just changed.</param>
    FitProgress Iterate(SmoothPart smooth, IReadOnlyList<Penalty> parts, bool isFirst);
}
