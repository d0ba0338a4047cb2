using Mtl.Learning.Weightings.Solvers;

namespace Mtl.Learning.Weightings;

/// <summary>
/// α-fair shares of the improvement: g = Σ wₜgₜ with (Gw)ₜ = wₜ^(−1/α), w > 0, to a relative residual of 1e-4 or better. At a Pareto-stationary point no w exists and g = 0;
/// a gradient of 0 has the coefficient 0. Source: Ban and Ji, "Fair Resource Allocation in Multi-Task Learning", ICML 2024.
/// </summary>
public sealed class FairGrad(FairGradOptions options, int tasks) : GramBalancer(tasks)
{
    private readonly Bargain bargain = new(tasks, 1 / options.Alpha);

    protected internal override void Weigh(GramStep step, Span<double> coefficients) => bargain.Solve(step, coefficients);
}
