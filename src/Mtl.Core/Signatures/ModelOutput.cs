using Mtl.Core.Definitions;

namespace Mtl.Core.Signatures;

/// <summary>
/// One task's output of an exported model, a float tensor named like the task: <c>[batch, 1]</c> in the column's units for regression, <c>[batch, 1]</c> the probability of the
/// positive label for binary, <c>[batch, labels]</c> probabilities for multiclass. Classification has the label as well, a text tensor <c>[batch, 1]</c> named <c>{task}_label</c>.
/// </summary>
/// <param name="Task">The task's name.</param>
/// <param name="Column">The column it predicts.</param>
/// <param name="Kind">What is predicted.</param>
/// <param name="Labels">Binary: the negative label, then the positive one. Multiclass: in the order of the probabilities. Regression: none.</param>
public sealed record ModelOutput(string Task, string Column, TaskKind Kind, IReadOnlyList<string> Labels);
