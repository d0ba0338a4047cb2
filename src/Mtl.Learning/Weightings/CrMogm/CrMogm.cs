using Mtl.Learning.State;

namespace Mtl.Learning.Weightings;

/// <summary>
/// Reduces the correlation between coefficients and stochastic gradients by smoothing another balancer's coefficients over the steps: λ ← α·λ + (1 − α)·λ̂, beginning at the first λ̂; g = Σ λₜgₜ.
/// An absent task's λ stays as it is. Source: Zhou et al., "On the Convergence of Stochastic Multi-Objective Gradient Manipulation and Beyond", NeurIPS 2022; α = 0.9 as in TorchJD, where the paper lets it rise.
/// </summary>
public sealed class CrMogm : GramBalancer
{
    private readonly GramBalancer inner;
    private readonly double alpha;
    private readonly double[] smoothed;

    public CrMogm(CrMogmOptions options, int tasks, ulong seed)
        : base(tasks)
    {
        alpha = options.Alpha;
        inner = options.Of switch
        {
            "mgda" => new Mgda(new MgdaOptions(), tasks),
            "cagrad" => new CaGrad(new CaGradOptions(), tasks),
            "pcgrad" => new PcGrad(tasks, seed),
            "upgrad" => new UpGrad(new DualConeOptions(), tasks),
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.Of, null),
        };
        Array.Fill(smoothed = new double[tasks], double.NaN);
        State = [NamedTensor.Of("smoothed", smoothed), .. inner.State.Select(tensor => tensor.Under("inner"))];
    }

    public override IReadOnlyList<NamedTensor> State { get; }

    protected internal override void Weigh(GramStep step, Span<double> coefficients)
    {
        inner.Weigh(step, coefficients);
        for (var i = 0; i < step.Count; i++)
        {
            ref var last = ref smoothed[step.Tasks[i]];
            coefficients[i] = last = double.IsNaN(last) ? coefficients[i] : alpha * last + (1 - alpha) * coefficients[i];
        }
    }
}
