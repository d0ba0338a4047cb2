using Mtl.Core.Definitions;
using Mtl.Graph;

namespace Mtl.Learning.Losses;

/// <summary>
/// ℓ = ½(s + (y − μ)²·e^(−s) + ln 2π): the head gives mean μ and log-variance s (clipped to ±15) of a normal distribution, in standardised units. The prediction is μ; <c>{task}_std</c> is e^(s/2) in the
/// column's units. Source: Nix and Weigend, "Estimating the mean and variance of the target probability distribution", 1994; seed document S3 ("probability regression").
/// </summary>
public sealed class GaussianLikelihood : ILoss, IPredictiveDistribution
{
    private const double Bound = 15;

    public IReadOnlyList<TaskKind> Kinds => [TaskKind.Regression];

    public bool CanBeNegative => true;

    public IPredictiveDistribution Distribution => this;

    public int Outputs => 2;

    public string Name => "std";

    public int Width => 1;

    public IReadOnlyList<double> Levels => [];

    public Node PerRow(Node output, Node target)
    {
        var (error, logVariance) = (target - Point(output), LogVariance(output));
        return (logVariance + error * error * (-logVariance).Exp() + Math.Log(2 * Math.PI)) * 0.5;
    }

    public IReadOnlyList<float> BiasAt(double centre) => [(float)centre, 0];

    public Node Point(Node output) => output.Slice(1, 0, 1);

    public Node Spread(Node output, double mean, double deviation) => (LogVariance(output) * 0.5).Exp() * deviation;

    private static Node LogVariance(Node output) => output.Slice(1, 1, 2).Clip(-Bound, Bound);
}
