namespace Mtl.Learning.Export;

/// <summary>How far an exported model's outputs are from the trained graph's.</summary>
/// <param name="MaximumDifference">Largest absolute difference of a probability, or of a number in standard deviations of its training labels; NaN when one side gave what is no number.</param>
/// <param name="Task">The task it is of.</param>
/// <param name="Rows">Rows compared.</param>
public sealed record ParityReport(double MaximumDifference, string Task, int Rows)
{
    /// <summary>The largest difference that still counts as the same model.</summary>
    public const double Tolerance = 1e-5;

    public bool IsWithinTolerance => MaximumDifference <= Tolerance;
}
