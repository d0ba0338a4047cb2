namespace Mtl.Learning.Architectures;

/// <summary>What a task's head must give.</summary>
/// <param name="Task">The task's name.</param>
/// <param name="Outputs">Width of the output: 1 for regression (in standardised units) and binary (a logit), the number of classes for multiclass (logits), words · tags for tagging (logits).</param>
/// <param name="Bias">The output that is best without any input, [outputs]: where the head's bias starts.</param>
public sealed record Head(string Task, int Outputs, IReadOnlyList<float> Bias)
{
    /// <summary>Words of a row that the head gives <see cref="Outputs"/> / words numbers each; 0 for a head that sees the row as a whole.</summary>
    public int Words { get; init; }
}
