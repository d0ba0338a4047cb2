using Mtl.Core.Random;

namespace Mtl.Learning.Weightings;

/// <summary>
/// Gradient surgery: each task's gradient is projected onto the normal plane of every other one that it conflicts with (gᵢ·gⱼ &lt; 0), in random order, and the results are summed:
/// gᵢ ← gᵢ − (gᵢ·gⱼ)/‖gⱼ‖² gⱼ. Everything is a combination of the original gradients, so the projections are done on the coefficients. The order is a function of seed, step and task.
/// Source: Yu et al., "Gradient Surgery for Multi-Task Learning", 2020.
/// </summary>
public sealed class PcGrad(int tasks, ulong seed) : GramBalancer(tasks)
{
    private readonly CounterRandom random = new(seed, "pcgrad");
    private readonly double[] projected = new double[tasks];
    private readonly int[] order = new int[tasks];

    protected internal override void Weigh(GramStep step, Span<double> coefficients)
    {
        for (var task = 0; task < step.Count; task++)
            AddProjected(step, task, coefficients);
    }

    /// <summary>Adds task i's projected gradient, as coefficients of the original ones.</summary>
    private void AddProjected(GramStep step, int task, Span<double> coefficients)
    {
        var count = step.Count;
        var own = projected.AsSpan(0, count);
        var others = order.AsSpan(0, count);
        own.Clear();
        own[task] = 1;
        for (var k = 0; k < count; k++)
            others[k] = k;
        random.Fork((ulong)step.Step).Fork((ulong)step.Tasks[task]).Shuffle(others);
        foreach (var other in others)
        {
            if (other == task)
                continue;
            var product = 0.0;
            for (var k = 0; k < count; k++)
                if (own[k] != 0)
                    product += own[k] * step[k, other];
            if (product < 0)
                own[other] -= product / step[other, other];
        }

        for (var k = 0; k < count; k++)
            coefficients[k] += own[k];
    }
}
