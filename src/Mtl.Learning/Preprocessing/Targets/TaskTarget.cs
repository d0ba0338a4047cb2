using Mtl.Graph;
using Mtl.Learning.Architectures;

namespace Mtl.Learning.Preprocessing.Targets;

/// <summary>One task's labels as training takes them, and the way back from a head's output to what a user reads.</summary>
/// <param name="Values">By row of the table, <see cref="Width"/> numbers each: standardised value, 0 or 1, or class index; 0 where the label is missing.</param>
/// <param name="Labelled">By row: 1 where there is a label, else 0.</param>
public abstract record TaskTarget(float[] Values, float[] Labelled)
{
    /// <summary>Binary: the negative label, then the positive one. Multiclass: by class index. Regression: none.</summary>
    public abstract IReadOnlyList<string> Labels { get; }

    /// <summary>Numbers per row in <see cref="Values"/>.</summary>
    public virtual int Width => 1;

    /// <summary>Words of a row that each have a prediction of their own; 0 for kinds with one prediction to a row.</summary>
    public virtual int Words => 0;

    /// <summary>Width of the head's output.</summary>
    public abstract int Outputs { get; }

    /// <summary>The raw output that fits the training labels best when nothing else is known, [outputs].</summary>
    public abstract IReadOnlyList<float> Bias { get; }

    /// <summary>Share of each label among the training rows, for losses that weigh labels; empty for kinds without.</summary>
    public virtual IReadOnlyList<double> Shares => [];

    /// <summary>The head's raw output as losses take it; for most kinds as it is.</summary>
    public virtual Node Activate(Node output) => output;

    /// <summary>The head's raw output as a value in the column's units, the probability of the positive label, or the labels' probabilities.</summary>
    public abstract Node Prediction(Node output);

    /// <summary>The prediction as an exported model gives it; for most kinds as it is.</summary>
    public virtual Node Exported(Node prediction, ModelInputs inputs) => prediction;

    /// <summary>The target where it is what the model takes in, float [batch, n]; null where it is <see cref="Values"/>.</summary>
    public virtual Node? FromInputs(ModelInputs inputs) => null;

    /// <summary>The same target on some of its rows, in the same units and with the same labels, with the <see cref="Bias"/> that fits the training rows among them.</summary>
    /// <param name="labelled">By row: 1 where the label counts, else 0.</param>
    /// <param name="trainRows">The training rows.</param>
    public abstract TaskTarget On(float[] labelled, ReadOnlySpan<int> trainRows);

    /// <summary>Mean of the values whose label counts, over the rows; 0 when there is none.</summary>
    protected static double MeanOf(float[] values, float[] labelled, ReadOnlySpan<int> rows)
    {
        var (sum, count) = (0.0, 0);
        foreach (var row in rows)
        {
            if (labelled[row] == 0)
                continue;
            sum += values[row];
            count++;
        }

        return count == 0 ? 0 : sum / count;
    }

    /// <summary>Numbers of a row's label as metrics take it.</summary>
    public virtual int MeasuredWidth => Width;

    /// <summary>Writes a row's label as metrics take it, [<see cref="MeasuredWidth"/>]: the value in the column's units, 0 or 1, or the class index.</summary>
    public virtual void Measure(int row, Span<float> measured) => Values.AsSpan(row * Width, Width).CopyTo(measured);

    /// <summary>The most probable label of each row, string [batch, 1], or of each word, string [batch, words], from the exported prediction; null for kinds without one label to a row.</summary>
    public virtual Node? Label(Node prediction) => null;
}
