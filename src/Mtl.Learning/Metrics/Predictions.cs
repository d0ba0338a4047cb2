using Mtl.Core.Definitions;

namespace Mtl.Learning.Metrics;

/// <summary>One task's predictions beside its labels, row by row. Views only: nothing is copied.</summary>
public readonly ref struct Predictions
{
    /// <param name="kind">The task's kind.</param>
    /// <param name="values">[rows, width]: the predicted number, the positive label's probability, or a probability per label; of each word after the other for tagging.</param>
    /// <param name="targets">[rows]: the number, 0 or 1, or the label's index; anything where the label is missing. Of each word for tagging, below 0 beyond a text's end.</param>
    /// <param name="mask">[rows]: 0 where the label is missing; empty when none is.</param>
    /// <param name="targetWidth">Numbers of a row in <paramref name="targets"/>: the number of labels of a multilabel task, of features of a reconstruction, of words for tagging; else 1.</param>
    /// <exception cref="ArgumentException">The lengths do not fit together.</exception>
    public Predictions(TaskKind kind, ReadOnlySpan<float> values, ReadOnlySpan<float> targets, ReadOnlySpan<float> mask, int targetWidth = 1)
    {
        var rows = targets.Length / targetWidth;
        var width = rows == 0 ? targetWidth : values.Length / rows;
        var isFitting = targets.Length == rows * targetWidth && values.Length == width * rows && (mask.IsEmpty || mask.Length == rows) && (rows == 0 || IsWide(kind, width, targetWidth));
        if (!isFitting)
            throw new ArgumentException($"{values.Length} predictions, {targets.Length} targets and a mask of {mask.Length} do not fit together for a task of kind {kind}.");
        Kind = kind;
        TargetWidth = targetWidth;
        Width = width;
        Values = values;
        Targets = targets;
        Mask = mask;
    }

    public TaskKind Kind { get; }

    public ReadOnlySpan<float> Values { get; }

    public ReadOnlySpan<float> Targets { get; }

    public ReadOnlySpan<float> Mask { get; }

    /// <summary>Predicted numbers per row; of a regression the value, then what its loss describes beside it.</summary>
    public int Width { get; }

    /// <summary>True numbers per row.</summary>
    public int TargetWidth { get; }

    /// <summary>Levels of the quantiles that follow a regression's value; empty when none do.</summary>
    public ReadOnlySpan<double> Levels { get; init; }

    /// <summary>Whether a standard deviation follows a regression's value.</summary>
    public bool HasDeviation { get; init; }

    /// <summary>Names of the tags of a tagging task, in the order of the probabilities; empty when they are not known.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    public int Rows => Targets.Length / TargetWidth;

    /// <summary>Number of labels: 2 for a binary task, the width for a multiclass or multilabel one.</summary>
    public int Labels => Kind is TaskKind.Multiclass or TaskKind.Multilabel ? Width : 2;

    public bool IsLabelled(int row) => Mask.IsEmpty || Mask[row] != 0;

    /// <summary>The label's index.</summary>
    public int TrueLabel(int row) => (int)Targets[row];

    /// <summary>The most probable label, the first one among equals; of a binary task the positive one from above one half.</summary>
    public int PredictedLabel(int row)
    {
        if (Kind == TaskKind.Binary)
            return Values[row] > 0.5f ? 1 : 0;
        var probabilities = Values.Slice(row * Width, Width);
        var best = 0;
        for (var label = 1; label < probabilities.Length; label++)
            if (probabilities[label] > probabilities[best])
                best = label;
        return best;
    }

    /// <summary>The probability given to the true label.</summary>
    public float TrueProbability(int row) =>
        Kind == TaskKind.Multiclass ? Values[row * Width + TrueLabel(row)]
        : TrueLabel(row) == 1 ? Values[row]
        : 1 - Values[row];

    private static bool IsWide(TaskKind kind, int width, int targetWidth) => kind switch
    {
        TaskKind.Multiclass => width > 1 && targetWidth == 1,
        TaskKind.Tagging => width > targetWidth && width % targetWidth == 0,
        TaskKind.Multilabel or TaskKind.Reconstruction => width == targetWidth,
        TaskKind.Regression => width >= 1 && targetWidth == 1,
        _ => width == 1 && targetWidth == 1,
    };

    /// <summary>Of a tagging task: every word as a row of its own, in one of several classes; what is beyond a text's end is not labelled.</summary>
    public Predictions EachWord()
    {
        var words = new float[Targets.Length];
        for (var word = 0; word < words.Length; word++)
            words[word] = IsLabelled(word / TargetWidth) && Targets[word] >= 0 ? 1 : 0;
        return new Predictions(TaskKind.Multiclass, Values, Targets, words);
    }

    /// <summary>Whether a metric can be computed at all: some row is labelled, and the predictions of all labelled rows are finite.</summary>
    internal bool AreMeasurable()
    {
        var labelled = 0;
        for (var row = 0; row < Rows; row++)
        {
            if (!IsLabelled(row))
                continue;
            labelled++;
            foreach (var value in Values.Slice(row * Width, Width))
                if (!float.IsFinite(value))
                    return false;
        }

        return labelled > 0;
    }
}
