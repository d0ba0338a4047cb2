using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Graph;

namespace Mtl.Learning.Preprocessing.Targets;

/// <summary>One of two labels, trained as 0 (negative) or 1 (positive) from a logit.</summary>
public sealed record BinaryTarget(float[] Values, float[] Labelled, string Negative, string Positive, double PositiveShare) : TaskTarget(Values, Labelled)
{
    public override IReadOnlyList<string> Labels => [Negative, Positive];

    public override int Outputs => 1;

    public override IReadOnlyList<double> Shares => [1 - PositiveShare, PositiveShare];

    public override IReadOnlyList<float> Bias => [(float)Math.Log(PositiveShare / (1 - PositiveShare))];

    public override Node Prediction(Node output) => output.Sigmoid();

    /// <summary>The positive label from a probability of more than one half on.</summary>
    public override Node Label(Node prediction) => prediction.Greater(0.5).Cast(ElementType.Int64).DecodeLabels(Labels);

    /// <summary>With the share of all rows counting as one row more, so that rows of one label have a finite logit.</summary>
    public override TaskTarget On(float[] labelled, ReadOnlySpan<int> trainRows)
    {
        var (positives, count) = (PositiveShare, 1.0);
        foreach (var row in trainRows)
        {
            positives += labelled[row] * Values[row];
            count += labelled[row];
        }

        return this with { Labelled = labelled, PositiveShare = positives / count };
    }

    internal static Result<TaskTarget> Fit(TaskDefinition task, string field, LabelCodes codes, ReadOnlySpan<int> trainRows)
    {
        if (task.Positive.Length == 0 && codes.Labels.Count != 2)
        {
            return Error.Invalid(
                $"Task '{task.Name}' is binary, but column '{codes.Column}' has {codes.Labels.Count} labels: {codes.Names()}.",
                "Name the positive one (the others then count as negative), or make the task multiclass.",
                $"{field}.positive");
        }

        var positive = task.Positive.Length > 0 ? codes.IndexOf(task.Positive) : codes.Rarer;
        if (positive < 0)
        {
            return Error.Invalid(
                $"Task '{task.Name}': the positive label '{task.Positive}' does not occur in column '{codes.Column}', which has {codes.Names()}.",
                "Correct the label; case matters.",
                $"{field}.positive");
        }

        var labelled = codes.Labelled();
        var values = Array.ConvertAll(codes.Codes, code => code == positive ? 1f : 0f);
        var (positives, count) = (0, 0);
        foreach (var row in trainRows)
        {
            positives += (int)values[row];
            count += (int)labelled[row];
        }

        var negative = codes.Labels.Count == 2 ? codes.Labels[1 - positive] : $"not {codes.Labels[positive]}";
        return count > 0 && positives is 0 || positives == count && count > 0
            ? Error.Invalid(
                $"Task '{task.Name}': every labelled training row is '{(positives == 0 ? negative : codes.Labels[positive])}'; there is nothing to learn.",
                "Use a stratified split by this column, or more rows.",
                $"{field}.column")
            : new BinaryTarget(values, labelled, negative, codes.Labels[positive], count == 0 ? 0.5 : (double)positives / count);
    }
}
