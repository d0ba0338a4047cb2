using System.Globalization;
using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Data.Tables;
using Mtl.Graph;

namespace Mtl.Learning.Preprocessing.Targets;

/// <summary>
/// A number within bounds, modelled as a bounded regression: ŷ = min + (max − min)·σ(z), so that no prediction is out of bounds; the losses of regressions apply, in standard deviations of the training
/// labels. Ratings need not be whole, and their distances count, which an ordinal logistic model would leave open.
/// </summary>
public sealed record RatingTarget(float[] Values, float[] Labelled, double Mean, double Deviation, double Minimum, double Maximum) : TaskTarget(Values, Labelled)
{
    /// <summary>How near to a bound the bias may start, as a share of the range, so that its gradient does not vanish.</summary>
    private const double Margin = 0.01;

    private double Centre { get; init; }

    public override IReadOnlyList<string> Labels => [];

    public override int Outputs => 1;

    public override IReadOnlyList<float> Bias
    {
        get
        {
            var share = Math.Clamp((Mean + Centre * Deviation - Minimum) / (Maximum - Minimum), Margin, 1 - Margin);
            return [(float)Math.Log(share / (1 - share))];
        }
    }

    public override Node Activate(Node output) => (Prediction(output) - Mean) * (1 / Deviation);

    public override Node Prediction(Node output) => output.Sigmoid() * (Maximum - Minimum) + Minimum;

    public override void Measure(int row, Span<float> measured) => measured[0] = (float)(Values[row] * Deviation + Mean);

    public override TaskTarget On(float[] labelled, ReadOnlySpan<int> trainRows) => this with { Labelled = labelled, Centre = MeanOf(Values, labelled, trainRows) };

    internal static Result<TaskTarget> Fit(TaskDefinition task, string field, Column column, ReadOnlySpan<int> trainRows)
    {
        var fitted = RegressionTarget.Fit(task, field, column, trainRows);
        if (!fitted.IsSuccess)
            return fitted.Error;
        var (regression, numbers) = ((RegressionTarget)fitted.Value, (NumericColumn)column);
        var (least, most) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var row in trainRows)
        {
            if (numbers.IsMissing(row))
                continue;
            least = Math.Min(least, numbers.ExactAt(row));
            most = Math.Max(most, numbers.ExactAt(row));
        }

        var (minimum, maximum) = (task.Minimum ?? least, task.Maximum ?? most);
        if (!(minimum < maximum))
            return Error.Invalid(string.Create(CultureInfo.InvariantCulture, $"Task '{task.Name}' rates from {minimum} to {maximum}; the minimum must be less than the maximum."), "Give both bounds.", $"{field}.minimum");
        for (var row = 0; row < numbers.Count; row++)
        {
            if (!numbers.IsMissing(row) && (numbers.ExactAt(row) < task.Minimum || numbers.ExactAt(row) > task.Maximum))
            {
                return Error.Invalid(
                    string.Create(CultureInfo.InvariantCulture, $"Task '{task.Name}' rates from {minimum} to {maximum}, but column '{column.Name}' has {numbers.ExactAt(row)} in row {row + 1}."),
                    "Widen the bounds, or clean the column.",
                    $"{field}.{(numbers.ExactAt(row) < task.Minimum ? "minimum" : "maximum")}");
            }
        }

        return new RatingTarget(regression.Values, regression.Labelled, regression.Mean, regression.Deviation, minimum, maximum);
    }
}
