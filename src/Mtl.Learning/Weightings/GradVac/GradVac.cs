using Mtl.Core.Random;
using Mtl.Learning.State;

namespace Mtl.Learning.Weightings;

/// <summary>
/// Gradient vaccine: where the cosine φ of task i's gradient with task j's lies below its running mean φ̂ᵢⱼ, gⱼ is added to gᵢ until the cosine is φ̂ᵢⱼ:
/// gᵢ ← gᵢ + ‖gᵢ‖(φ̂√(1−φ²) − φ√(1−φ̂²)) / (‖gⱼ‖√(1−φ̂²)) gⱼ, in random order of j; then φ̂ᵢⱼ ← (1−β)φ̂ᵢⱼ + βφ. The changed gradients are summed; with φ̂ = 0, as at the first step, this is gradient surgery.
/// The cosines are those of all shared parameters together. A gradient of 0 has no cosine: it is left, and changes no mean.
/// Source: Wang et al., "Gradient Vaccine", ICLR 2021, with its β; LibMTL takes β = 0.5 and updates φ̂ only where it acts.
/// </summary>
public sealed class GradVac : GramBalancer
{
    private readonly double beta;
    private readonly int tasks;
    private readonly CounterRandom random;
    private readonly double[] targets;
    private readonly double[] changed;
    private readonly int[] order;

    public GradVac(GradVacOptions options, int tasks, ulong seed)
        : base(tasks)
    {
        (beta, this.tasks) = (options.Beta, tasks);
        random = new CounterRandom(seed, "gradvac");
        targets = new double[tasks * tasks];
        changed = new double[tasks];
        order = new int[tasks];
        State = [NamedTensor.Of("target_cosine", targets)];
    }

    public override IReadOnlyList<NamedTensor> State { get; }

    protected internal override void Weigh(GramStep step, Span<double> coefficients)
    {
        for (var task = 0; task < step.Count; task++)
            AddVaccinated(step, task, coefficients);
    }

    private void AddVaccinated(GramStep step, int task, Span<double> coefficients)
    {
        var count = step.Count;
        var own = changed.AsSpan(0, count);
        var others = order.AsSpan(0, count);
        own.Clear();
        own[task] = 1;
        for (var k = 0; k < count; k++)
            others[k] = k;
        random.Fork((ulong)step.Step).Fork((ulong)step.Tasks[task]).Shuffle(others);
        foreach (var other in others)
            if (other != task)
                Vaccinate(step, own, other, ref targets[step.Tasks[task] * tasks + step.Tasks[other]]);
        for (var k = 0; k < count; k++)
            coefficients[k] += own[k];
    }

    private void Vaccinate(GramStep step, Span<double> own, int other, ref double target)
    {
        var (product, square) = (0.0, 0.0);
        for (var i = 0; i < own.Length; i++)
        {
            product += own[i] * step[i, other];
            for (var j = 0; j < own.Length; j++)
                square += own[i] * own[j] * step[i, j];
        }

        var (norm, otherNorm) = (Math.Sqrt(Math.Max(0, square)), Math.Sqrt(step[other, other]));
        if (norm == 0 || otherNorm == 0)
            return;
        var cosine = Math.Clamp(product / norm / otherNorm, -1, 1);
        var sine = Math.Sqrt(1 - target * target);
        if (cosine < target && sine > 0)
            own[other] += norm * (target * Math.Sqrt(1 - cosine * cosine) - cosine * sine) / (otherNorm * sine);
        target = (1 - beta) * target + beta * cosine;
    }
}
