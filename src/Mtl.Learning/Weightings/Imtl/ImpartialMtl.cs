using Mtl.Learning.Optimizers;
using Mtl.Learning.State;
using Mtl.Learning.Weightings.Solvers;

namespace Mtl.Learning.Weightings;

/// <summary>
/// Impartial learning. IMTL-G: g = Σ αₜgₜ, Σα = 1, whose projections onto all gradients are equal, g·gₜ/‖gₜ‖ the same for every t. With unit gradients' cosines C this is α ∝ (C⁺1)ₜ/‖gₜ‖; the pseudo-inverse
/// extends it to dependent gradients. IMTL-L: each loss is scaled to e^(sₜ)Lₜ, where sₜ descends e^(sₜ)Lₜ − sₜ, at rest e^(sₜ)Lₜ = 1; e^(sₜ) weighs a task's own
/// parameters too, while αₜ does not.
/// Opposite gradients, and others with Σ(C⁺1)ₜ/‖gₜ‖ = 0, give g = 0; a gradient of 0 has the coefficient 0.
/// Source: Liu et al., "Towards Impartial Multi-task Learning", ICLR 2021; both parts together as in LibMTL.
/// </summary>
public sealed class ImpartialMtl : GramBalancer
{
    private readonly bool scaleLosses;
    private readonly SymmetricEigen eigen;
    private readonly double[] norms;
    private readonly double[] cosines;
    private readonly double[] ones;
    private readonly float[] logScales;
    private readonly float[] scales;
    private readonly Adam[] adams;

    public ImpartialMtl(ImpartialOptions options, int tasks)
        : base(tasks)
    {
        scaleLosses = options.ScaleLosses;
        eigen = new SymmetricEigen(tasks);
        (norms, ones, cosines, logScales) = (new double[tasks], new double[tasks], new double[tasks * tasks], new float[tasks]);
        Array.Fill(scales = new float[scaleLosses ? tasks : 0], 1);
        adams = [.. Enumerable.Range(0, scaleLosses ? tasks : 0).Select(_ => new Adam(new AdamOptions { LearningRate = options.LearningRate }, 1))];
        State = scaleLosses
            ? [NamedTensor.Of("log_scale", logScales), .. adams.SelectMany((adam, task) => adam.State.Select(tensor => tensor.Under($"{task}")))]
            : [];
    }

    public override ReadOnlySpan<float> OwnWeights => scales;

    public override IReadOnlyList<NamedTensor> State { get; }

    public override bool NeedsPositiveLosses => scaleLosses;

    protected internal override void Weigh(GramStep step, Span<double> coefficients)
    {
        var count = step.Count;
        SmallMatrix.Cosines(step.Gram, norms.AsSpan(0, count), cosines);
        for (var i = 0; i < count; i++)
            ones[i] = norms[i] > 0 ? 1 : 0;
        eigen.Decompose(cosines, count);
        eigen.PseudoSolve(ones.AsSpan(0, count), coefficients);
        var (sum, size) = (0.0, 0.0);
        for (var i = 0; i < count; i++)
        {
            coefficients[i] = norms[i] > 0 ? coefficients[i] / norms[i] : 0;
            var scaled = coefficients[i] * Math.Exp(-logScales[step.Tasks[i]]);
            sum += scaled;
            size += Math.Abs(scaled);
        }

        var vanishes = !(Math.Abs(sum) > 1e-12 * size);
        for (var i = 0; i < count; i++)
            coefficients[i] = vanishes ? 0 : coefficients[i] / sum;
        if (scaleLosses)
            Learn(step);
    }

    private void Learn(GramStep step)
    {
        for (var i = 0; i < step.Count; i++)
        {
            var task = step.Tasks[i];
            scales[task] = MathF.Exp(logScales[task]);
            adams[task].Step(logScales.AsSpan(task, 1), [scales[task] * step.Loss(i) - 1], adams[task].LearningRate);
        }
    }
}
