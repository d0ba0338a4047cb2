using Mtl.Graph;
using Mtl.Learning.State;

namespace Mtl.Learning.Weightings;

/// <summary>
/// Descends a smooth maximum of the losses' logarithms relative to a reference, n·μ·log Σ exp(log(Lₜ/zₜ)/μ) over the n present tasks: λₜ = n·softmax(log(L/z)/μ)ₜ/Lₜ. z are the mean training losses of the epoch
/// after the warm-up; up to its end every logarithm weighs the same, λₜ = 1/Lₜ. A task without a reference yet counts as being at it. A task with a loss of 0 is left out.
/// Source: Lin et al., "Smooth Tchebycheff Scalarization for Multi-Objective Optimization", ICML 2024, in the authors' form for deep networks, with LibMTL's defaults.
/// </summary>
public sealed class SmoothTchebycheff : LossDependentWeighting
{
    private readonly StchOptions options;
    private readonly float[] inverseReferences;
    private readonly long[] epochs = [0];

    public SmoothTchebycheff(StchOptions options, int tasks)
    {
        this.options = options;
        inverseReferences = new float[tasks];
        State = [NamedTensor.Of("inverse_reference", inverseReferences), NamedTensor.Of("epochs", epochs)];
    }

    /// <summary>1/zₜ; 0 before there is a reference.</summary>
    public override ReadOnlySpan<float> Weights => inverseReferences;

    public override IReadOnlyList<NamedTensor> State { get; }

    public override IReadOnlyList<Node> Lambdas(IReadOnlyList<Node> losses, IReadOnlyList<Node> weights)
    {
        var present = Presence(losses);
        Node[] logits = [.. losses.Select((loss, task) => weights[task].Greater(0).Where(Log(loss * weights[task]) / options.Mu, loss.Like(0)))];
        var largest = logits.Aggregate((a, b) => a.Max(b));
        Node[] parts = [.. logits.Select((logit, task) => present[task] * (logit - largest).Exp())];
        var (sum, count) = (parts.Sum().Max(1e-30), present.Sum());
        return [.. parts.Select((part, task) => count * part / sum / losses[task].Max(1e-20))];
    }

    public override void LearnFromEpoch(ReadOnlySpan<double> meanLosses, ReadOnlySpan<bool> present)
    {
        if (epochs[0]++ < options.WarmupEpochs)
            return;
        for (var task = 0; task < inverseReferences.Length; task++)
            if (inverseReferences[task] == 0 && present[task] && meanLosses[task] > 0)
                inverseReferences[task] = (float)(1 / meanLosses[task]);
    }
}
