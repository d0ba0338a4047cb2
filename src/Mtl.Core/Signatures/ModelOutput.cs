using Mtl.Core.Definitions;

namespace Mtl.Core.Signatures;

/// <summary>
/// One task's output of an exported model, a float tensor named like the task: <c>[batch, 1]</c> in the column's units for regression, <c>[batch, 1]</c> the probability of the
/// positive label for binary, <c>[batch, labels]</c> probabilities for multiclass and multilabel, <c>[batch, 1]</c> within its bounds for a rating, <c>[batch, features]</c> for a reconstruction,
/// <c>[batch, words, tags]</c> probabilities for tagging, 0 beyond a text's end (a row has <see cref="Width"/> = words · tags numbers).
/// Binary and multiclass have the label as well, a text tensor <c>[batch, 1]</c> named <c>{task}_label</c>, and tagging has each word's tag so, <c>[batch, words]</c> with empty texts beyond the end; what else a task has is in <c>Extras</c>.
/// </summary>
/// <param name="Task">The task's name.</param>
/// <param name="Column">The column it predicts.</param>
/// <param name="Kind">What is predicted.</param>
/// <param name="Labels">Binary: the negative label, then the positive one. Multiclass, multilabel and tagging: in the order of the probabilities. Other kinds: none.</param>
public sealed record ModelOutput(string Task, string Column, TaskKind Kind, IReadOnlyList<string> Labels)
{
    /// <summary>Numbers per row of the task's tensor; 0 in models of earlier versions, where the kind and the labels say it.</summary>
    public int Width { get; init; }

    /// <summary>Further float tensors of the task.</summary>
    public IReadOnlyList<ExtraOutput> Extras { get; init; } = [];
}

/// <summary>A further output of a task beside its prediction, a float tensor <c>[batch, width]</c>.</summary>
/// <param name="Name">Its tensor: <c>{task}_std</c>, <c>{task}_quantiles</c>, <c>{task}_error</c>.</param>
/// <param name="Width">Numbers per row.</param>
/// <param name="Levels">Of quantiles: their levels in order; else none.</param>
public sealed record ExtraOutput(string Name, int Width, IReadOnlyList<double> Levels);
