using Mtl.Graph;

namespace Mtl.Learning.Losses;

/// <summary>A head that describes the distribution of a number rather than one value: how wide it is, and what of it is predicted.</summary>
public interface IPredictiveDistribution
{
    /// <summary>Width of the head's output.</summary>
    int Outputs { get; }

    /// <summary>The last part of the further output's name: <c>std</c>, <c>quantiles</c>.</summary>
    string Name { get; }

    /// <summary>Numbers of the further output per row.</summary>
    int Width { get; }

    /// <summary>Levels of the further output's quantiles; empty when it holds something else.</summary>
    IReadOnlyList<double> Levels { get; }

    /// <summary>Where the head's bias starts: a distribution of variance 1 (normal; for quantiles logistic) about the mean of the standardised training labels, [outputs].</summary>
    IReadOnlyList<float> BiasAt(double centre);

    /// <summary>The single value that is predicted, standardised, [rows, 1].</summary>
    Node Point(Node output);

    /// <summary>The further output in the column's units, [rows, width].</summary>
    Node Spread(Node output, double mean, double deviation);
}
