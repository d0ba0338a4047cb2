using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Data.Tables;
using Mtl.Graph;

namespace Mtl.Learning.Preprocessing.Targets;

/// <summary>One of several labels, trained as the class's index from logits. Classes are the column's labels over all rows: numbers in their order, texts in ordinal order.</summary>
public sealed record MulticlassTarget(float[] Values, float[] Labelled, IReadOnlyList<string> Classes, IReadOnlyList<float> LogShares) : TaskTarget(Values, Labelled)
{
    /// <summary>Most classes of one task.</summary>
    public const int MaximumClasses = 1000;

    public override IReadOnlyList<string> Labels => Classes;

    public override int Outputs => Classes.Count;

    public override IReadOnlyList<double> Shares => [.. LogShares.Select(share => Math.Exp(share))];

    public override IReadOnlyList<float> Bias => LogShares;

    public override Node Prediction(Node output) => output.Softmax(1);

    public override Node Label(Node prediction) => prediction.ArgMax(1, keep: true).DecodeLabels(Labels);

    /// <summary>With the shares of all rows counting as one row more.</summary>
    public override TaskTarget On(float[] labelled, ReadOnlySpan<int> trainRows)
    {
        double[] counts = [.. LogShares.Select(share => Math.Exp(share))];
        foreach (var row in trainRows)
            counts[(int)Values[row]] += labelled[row];
        var sum = counts.Sum();
        return this with { Labelled = labelled, LogShares = [.. counts.Select(count => (float)Math.Log(count / sum))] };
    }

    internal static Result<TaskTarget> Fit(TaskDefinition task, string field, LabelCodes codes, ReadOnlySpan<int> trainRows)
    {
        if (codes.Labels.Count > MaximumClasses)
        {
            return Error.Invalid(
                $"Task '{task.Name}' is multiclass, but column '{codes.Column}' has {codes.Labels.Count} labels; at most {MaximumClasses} are allowed.",
                "Make it a regression when the labels are quantities; an identifier can't be predicted.",
                $"{field}.kind");
        }

        // Half a row more for each class, so that one which training rows lack has a finite logarithm.
        var counts = Enumerable.Repeat(0.5, codes.Labels.Count).ToArray();
        foreach (var row in trainRows)
            if (codes.Codes[row] is var code and not TextColumn.Missing)
                counts[code]++;
        var sum = counts.Sum();
        return new MulticlassTarget(
            Array.ConvertAll(codes.Codes, code => (float)Math.Max(0, code)),
            codes.Labelled(),
            codes.Labels,
            [.. counts.Select(count => (float)Math.Log(count / sum))]);
    }
}
