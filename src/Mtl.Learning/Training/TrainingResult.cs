namespace Mtl.Learning.Training;

/// <summary>A finished training run.</summary>
/// <param name="Parameters">The best epoch's parameters, as <c>ModelExport.ToOnnx</c> takes them.</param>
/// <param name="Metrics"><c>{task}/test_loss</c> and <c>{task}/test_{metric}</c>, in the labels' own units; likewise <c>{template}/…</c> over the rows of a template's tasks.</param>
/// <param name="Confusion">Of the classification tasks, on the test rows.</param>
/// <param name="BestEpochs">The epoch whose parameters were kept, by task; the same for tasks that share parameters.</param>
/// <param name="Epochs">Epochs trained.</param>
/// <param name="Steps">Optimiser steps done.</param>
/// <param name="Elapsed">Time spent training, pauses left out.</param>
public sealed record TrainingResult(
    ReadOnlyMemory<float> Parameters,
    IReadOnlyList<MetricValue> Metrics,
    IReadOnlyList<TaskConfusion> Confusion,
    IReadOnlyDictionary<string, int> BestEpochs,
    int Epochs,
    long Steps,
    TimeSpan Elapsed);

/// <summary>How often each label was predicted for each true label.</summary>
/// <param name="Task">The task's name.</param>
/// <param name="Labels">The classes; of a binary task the negative label, then the positive one.</param>
/// <param name="Counts">Rows by true label, columns by predicted label.</param>
public sealed record TaskConfusion(string Task, IReadOnlyList<string> Labels, IReadOnlyList<IReadOnlyList<long>> Counts);
