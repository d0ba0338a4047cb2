using Mtl.Core.Definitions;
using Mtl.Graph;

namespace Mtl.Learning.Losses;

/// <summary>A loss as graph nodes. One class each with an options record; add its row to <see cref="LossTable"/>.</summary>
public interface ILoss
{
    /// <summary>The kinds of task it is for.</summary>
    IReadOnlyList<TaskKind> Kinds { get; }

    /// <summary>Each row's loss, float [batch, 1]; finite for finite inputs.</summary>
    /// <param name="output">The head's raw output, [batch, outputs]: standardised value, logit, or logits.</param>
    /// <param name="target">float [batch, 1]: standardised value, 0 or 1, or the class's index; 0 where the label is missing.</param>
    Node PerRow(Node output, Node target);
}
