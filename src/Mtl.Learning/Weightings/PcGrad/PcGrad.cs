using Mtl.Core.Random;
using Mtl.Learning.State;

namespace Mtl.Learning.Weightings;

/// <summary>
/// Gradient surgery: each task's gradient is projected onto the normal plane of every other one that it conflicts with (gᵢ·gⱼ &lt; 0), in random order, and the results are summed:
/// gᵢ ← gᵢ − (gᵢ·gⱼ)/‖gⱼ‖² gⱼ. Everything is a combination of the original gradients, so the projections are done on the coefficients with the inner products G = J·Jᵀ,
/// and the parameters' length is passed over twice whatever the number of tasks.
/// Source: Yu et al., "Gradient Surgery for Multi-Task Learning", 2020.
/// </summary>
public sealed class PcGrad : GradientBalancer
{
    private readonly CounterRandom random;
    private readonly int tasks;
    private readonly double[] gram;
    private readonly double[] projected;
    private readonly int[] order;
    private readonly float[] coefficients;

    public PcGrad(int tasks, ulong seed)
    {
        this.tasks = tasks;
        random = new CounterRandom(seed, "pcgrad");
        gram = new double[tasks * tasks];
        projected = new double[tasks];
        order = new int[tasks];
        Array.Fill(coefficients = new float[tasks], 1);
    }

    public override ReadOnlySpan<float> Coefficients => coefficients;

    /// <summary>None: the order is a function of seed, step and task.</summary>
    public override IReadOnlyList<NamedTensor> State => [];

    public override void Combine(BalancedStep step, Span<float> combined)
    {
        step.Gradients.Gram(gram);
        Array.Clear(coefficients);
        for (var task = 0; task < tasks; task++)
            if (step.Present[task])
                AddProjected(task, step.Present, step.Step);
        step.Gradients.Combine(coefficients, combined);
    }

    /// <summary>Adds task i's projected gradient, as coefficients of the original ones.</summary>
    private void AddProjected(int task, ReadOnlySpan<bool> present, long step)
    {
        Array.Clear(projected);
        projected[task] = 1;
        for (var k = 0; k < tasks; k++)
            order[k] = k;
        random.Fork((ulong)step).Fork((ulong)task).Shuffle<int>(order);
        foreach (var other in order)
        {
            if (other == task || !present[other])
                continue;
            var product = 0.0;
            for (var k = 0; k < tasks; k++)
                if (projected[k] != 0)
                    product += projected[k] * gram[k * tasks + other];
            if (product < 0)
                projected[other] -= product / gram[other * tasks + other];
        }

        for (var k = 0; k < tasks; k++)
            coefficients[k] += (float)projected[k];
    }
}
