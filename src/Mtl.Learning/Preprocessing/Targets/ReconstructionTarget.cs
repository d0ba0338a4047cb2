using Mtl.Graph;
using Mtl.Learning.Architectures;

namespace Mtl.Learning.Preprocessing.Targets;

/// <summary>
/// The model's own dense features, as preprocessing gives them (standardised numbers, one-hot categories; embedded categories are left out), or its image or series: with a narrow layer in the encoder an autoencoder, which
/// needs no labels. The error of a row, <c>{task}_error</c>, is high for rows unlike those of training.
/// Source: Hinton and Salakhutdinov, "Reducing the Dimensionality of Data with Neural Networks", 2006; seed document S3, 2.1.
/// </summary>
/// <param name="Means">Mean of each feature over the training rows.</param>
/// <param name="Features">[rows, features], row-major.</param>
public sealed record ReconstructionTarget(float[] Labelled, float[] Features, IReadOnlyList<float> Means) : TaskTarget([], Labelled)
{
    public override IReadOnlyList<string> Labels => [];

    public override int Width => 0;

    public override int Outputs => Means.Count;

    public override int MeasuredWidth => Means.Count;

    public override IReadOnlyList<float> Bias => Means;

    public override Node Prediction(Node output) => output;

    public override Node? FromInputs(ModelInputs inputs) => inputs.Features ?? (inputs.Image ?? inputs.Series)!.Flatten();

    public override void Measure(int row, Span<float> measured) => Features.AsSpan(row * Means.Count, Means.Count).CopyTo(measured);

    public override TaskTarget On(float[] labelled, ReadOnlySpan<int> trainRows) => this with { Labelled = labelled };

    internal static ReconstructionTarget Fit(float[] features, int width, int rows, ReadOnlySpan<int> trainRows)
    {
        var sums = new double[width];
        foreach (var row in trainRows)
            for (var column = 0; column < width; column++)
                sums[column] += features[row * width + column];
        var count = trainRows.Length;
        return new ReconstructionTarget([.. Enumerable.Repeat(1f, rows)], features, [.. sums.Select(sum => (float)(sum / count))]);
    }
}
