using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Data.Tables;
using Mtl.Graph;

namespace Mtl.Learning.Preprocessing.Targets;

/// <summary>A number, trained as (y − mean)/deviation of the training rows' labels and given back in its own units.</summary>
public sealed record RegressionTarget(float[] Values, float[] Labelled, double Mean, double Deviation) : TaskTarget(Values, Labelled)
{
    public override IReadOnlyList<string> Labels => [];

    public override int Outputs => 1;

    /// <summary>Mean of the standardised training labels: 0, but for a target on some of its rows.</summary>
    public double Centre { get; private init; }

    public override IReadOnlyList<float> Bias => [(float)Centre];

    public override Node Prediction(Node output) => output * Deviation + Mean;

    public override void Measure(int row, Span<float> measured) => measured[0] = (float)(Values[row] * Deviation + Mean);

    public override TaskTarget On(float[] labelled, ReadOnlySpan<int> trainRows) => this with { Labelled = labelled, Centre = MeanOf(Values, labelled, trainRows) };

    internal static Result<TaskTarget> Fit(TaskDefinition task, string field, Column column, ReadOnlySpan<int> trainRows)
    {
        if (column is not NumericColumn numeric)
        {
            var row = Enumerable.Range(0, column.Count).First(row => !column.IsMissing(row));
            return Error.Invalid(
                $"Task '{task.Name}' is a {task.Kind.ToString().ToLowerInvariant()}, but column '{column.Name}' holds text ('{column.TextAt(row)}' in row {row + 1}).",
                "Make it binary or multiclass, or clean the column of what is no number.",
                $"{field}.kind");
        }

        double sum = 0, squares = 0;
        var count = 0;
        foreach (var row in trainRows)
        {
            if (numeric.IsMissing(row))
                continue;
            sum += numeric.ExactAt(row);
            count++;
        }

        var mean = count == 0 ? 0 : sum / count;
        foreach (var row in trainRows)
            if (!numeric.IsMissing(row))
                squares += Math.Pow(numeric.ExactAt(row) - mean, 2);
        var deviation = count == 0 ? 1 : Math.Sqrt(squares / count);
        if (!(deviation > 0))
        {
            return Error.Invalid(
                $"Task '{task.Name}': column '{column.Name}' has the value {numeric.Format(mean)} in every training row; there is nothing to learn.",
                "Choose another column, or another split.",
                $"{field}.column");
        }

        var (values, labelled) = (new float[column.Count], new float[column.Count]);
        for (var row = 0; row < values.Length; row++)
        {
            if (numeric.IsMissing(row))
                continue;
            values[row] = (float)((numeric.ExactAt(row) - mean) / deviation);
            labelled[row] = 1;
        }

        return new RegressionTarget(values, labelled, mean, deviation);
    }
}
