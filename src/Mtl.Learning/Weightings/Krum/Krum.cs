using Mtl.Core;

namespace Mtl.Learning.Weightings;

/// <summary>
/// Multi-Krum: a gradient's score is the sum of its distances to the n − f − 2 nearest others of the n gradients, f of which may be wrong; those of the lowest scores are averaged, equal scores in the tasks' order.
/// The distances come from the inner products. With fewer present tasks than f + 3 in a batch each is scored by its nearest one.
/// Source: Blanchard et al., "Machine Learning with Adversaries: Byzantine Tolerant Gradient Descent", NeurIPS 2017, with TorchJD's plain distances where the paper sums their squares.
/// </summary>
public sealed class Krum : GramBalancer
{
    private readonly KrumOptions options;
    private readonly double[] distances;
    private readonly double[] scores;

    private Krum(KrumOptions options, int tasks)
        : base(tasks)
    {
        this.options = options;
        (distances, scores) = (new double[tasks], new double[tasks]);
    }

    /// <summary>The balancer, or why there are too few tasks for it.</summary>
    public static Result<Weighting> Make(KrumOptions options, int tasks)
    {
        if (tasks < options.Byzantine + 3)
        {
            return Error.Invalid(
                $"Weighting 'krum' with byzantine {options.Byzantine} needs at least {options.Byzantine + 3} tasks; there are {tasks}.",
                options.Byzantine > 0 ? "Lower byzantine, or take 'upgrad'." : "Take 'upgrad' or another balancer.",
                "byzantine");
        }

        return options.Selected > tasks
            ? Error.Invalid($"Weighting 'krum' is to select {options.Selected} gradients of {tasks}.", $"Select {tasks} or fewer.", "selected")
            : new Krum(options, tasks);
    }

    protected internal override void Weigh(GramStep step, Span<double> coefficients)
    {
        var count = step.Count;
        var near = Math.Max(Math.Min(1, count - 1), count - options.Byzantine - 2);
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
                distances[j] = i == j ? double.PositiveInfinity : Math.Sqrt(Math.Max(0, step[i, i] + step[j, j] - 2 * step[i, j]));
            var others = distances.AsSpan(0, count);
            others.Sort();
            scores[i] = 0;
            foreach (var distance in others[..near])
                scores[i] += distance;
        }

        var selected = Math.Min(options.Selected, count);
        for (var turn = 0; turn < selected; turn++)
        {
            var best = -1;
            for (var i = 0; i < count; i++)
                if (coefficients[i] == 0 && (best < 0 || scores[i] < scores[best]))
                    best = i;
            coefficients[best] = 1.0 / selected;
        }
    }
}
