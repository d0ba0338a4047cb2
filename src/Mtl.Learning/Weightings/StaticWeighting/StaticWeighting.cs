using System.Globalization;
using Mtl.Core;
using Mtl.Learning.State;

namespace Mtl.Learning.Weightings;

/// <summary>λ as given, constant over the run.</summary>
public sealed class StaticWeighting : LossWeighting
{
    private readonly float[] weights;

    private StaticWeighting(float[] weights) => this.weights = weights;

    public override ReadOnlySpan<float> Weights => weights;

    public override IReadOnlyList<NamedTensor> State => [];

    /// <summary>The weighting, or what is wrong with the number of weights or with all of them being 0.</summary>
    public static Result<Weighting> Make(StaticOptions options, IReadOnlyList<string> tasks)
    {
        var given = options.Weights;
        if (given.Count == 0)
            return new StaticWeighting([.. tasks.Select(_ => 1f)]);
        if (given.Count != tasks.Count)
        {
            return Error.Invalid(
                $"Weighting 'static' has weights [{string.Join(", ", given.Select(weight => weight.ToString(CultureInfo.InvariantCulture)))}] for {tasks.Count} tasks.",
                $"Give one weight each for {string.Join(", ", tasks)}, in this order.",
                "weights");
        }

        return given.All(weight => weight == 0)
            ? Error.Invalid("Weighting 'static' has the weight 0 for every task: nothing would be learned.", "Give at least one task a weight above 0.", "weights")
            : new StaticWeighting([.. given.Select(weight => (float)weight)]);
    }
}
