using Mtl.Core.Definitions;
using Mtl.Graph;

namespace Mtl.Learning.Losses;

/// <summary>A loss as graph nodes. One class each with an options record; add its row to <see cref="LossTable"/>.</summary>
public interface ILoss
{
    /// <summary>The kinds of task it is for.</summary>
    IReadOnlyList<TaskKind> Kinds { get; }

    /// <summary>Whether it falls below 0, as a density's logarithm does; weightings that take losses' logarithms, ratios or sizes refuse it.</summary>
    bool CanBeNegative => false;

    /// <summary>Each row's loss, float [batch, 1]; finite for finite inputs.</summary>
    /// <param name="output">The head's output, [batch, outputs]: standardised value, logit, or logits.</param>
    /// <param name="target">float [batch, 1]: standardised value, 0 or 1, or the class's index; [batch, labels] of 0 and 1 for multilabel; [batch, features] for a reconstruction; [batch, words] of tag indices for tagging, −1 beyond a text's end, with an output [batch, words · tags]; 0 where the label is missing.</param>
    Node PerRow(Node output, Node target);

    /// <summary>What the head describes beside a single value; null for the losses of single values, of probabilities, of features.</summary>
    IPredictiveDistribution? Distribution => null;

    /// <summary>The loss as it is for labels of these shares among the training rows; for most losses the same.</summary>
    /// <param name="shares">Share of each label: of the negative and the positive one, of each class; empty for numbers.</param>
    ILoss For(IReadOnlyList<double> shares) => this;
}
