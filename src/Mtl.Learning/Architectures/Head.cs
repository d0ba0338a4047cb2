namespace Mtl.Learning.Architectures;

/// <summary>What a task's head must give.</summary>
/// <param name="Task">The task's name.</param>
/// <param name="Outputs">Width of the output: 1 for regression (in standardised units) and binary (a logit), the number of classes for multiclass (logits).</param>
/// <param name="Bias">The output that is best without any input, [outputs]: where the head's bias starts.</param>
public sealed record Head(string Task, int Outputs, IReadOnlyList<float> Bias)
{
    /// <summary>For a tagging the tokens of each row: the outputs are as many for each token, one after another; else 0.</summary>
    public int Tokens { get; init; }
}
