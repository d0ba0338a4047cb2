using Mtl.Learning.State;
using Mtl.Learning.Weightings.Solvers;

namespace Mtl.Learning.Weightings;

/// <summary>
/// The tasks bargain over the direction: g = Σ αₜgₜ with (Gα)ₜ = 1/αₜ, Nash's solution, which the gradients' sizes do not change. Before the limit its norm is √T.
/// Solved to a relative residual of 1e-4 or better (<see cref="Bargaining"/>) rather than by the paper's sequence of convex programs. At a Pareto-stationary point there is nothing to agree on and g = 0;
/// a gradient of 0 has the coefficient 0. Between solutions the last coefficients are kept, those of a task that was absent then being 0.
/// Source: Navon et al., "Multi-Task Learning as a Bargaining Game", ICML 2022.
/// </summary>
public sealed class NashMtl : GramBalancer
{
    private readonly NashMtlOptions options;
    private readonly Bargain bargain;
    private readonly double[] last;
    private readonly long[] solvedAt = [0];

    public NashMtl(NashMtlOptions options, int tasks)
        : base(tasks)
    {
        this.options = options;
        bargain = new Bargain(tasks, 1);
        last = new double[tasks];
        State = options.UpdateEvery > 1 ? [NamedTensor.Of("coefficient", last), NamedTensor.Of("solved_at", solvedAt)] : [];
    }

    public override IReadOnlyList<NamedTensor> State { get; }

    protected internal override void Weigh(GramStep step, Span<double> coefficients)
    {
        if (solvedAt[0] == 0 || step.Step - solvedAt[0] >= options.UpdateEvery)
        {
            bargain.Solve(step, coefficients);
            solvedAt[0] = step.Step;
            Array.Clear(last);
            for (var i = 0; i < step.Count; i++)
                last[step.Tasks[i]] = coefficients[i];
        }

        for (var i = 0; i < step.Count; i++)
            coefficients[i] = last[step.Tasks[i]];
        var norm = Math.Sqrt(Math.Max(0, SmallMatrix.Product(coefficients, step.Gram, coefficients)));
        if (options.MaxNorm > 0 && norm > options.MaxNorm)
            for (var i = 0; i < step.Count; i++)
                coefficients[i] *= options.MaxNorm / norm;
    }
}
