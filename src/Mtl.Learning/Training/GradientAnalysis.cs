using Mtl.Learning.Weightings;

namespace Mtl.Learning.Training;

/// <summary>
/// How the tasks' gradients gₜ of the shared parameters stand to each other, recorded every so many steps: <c>{task}/gradient_norm</c> ‖gₜ‖; <c>{a}~{b}/gradient_cosine</c> gₐ·g_b/(‖gₐ‖‖g_b‖) for each pair
/// of at most <see cref="MostTasksForPairs"/> tasks; <c>all/gradient_cosine</c>, its mean over the pairs; <c>all/conflict_rate</c>, the share of pairs with a negative one. A task without labelled rows in the
/// batch is left out, and pairs with a gradient of zero, which has no direction. Under an optimiser that looks at all rows at once (gd, lbfgs) there are no batches and nothing is recorded. A function of the step alone, without state: a resumed run records what an undisturbed one does.
/// Source: Yu et al., "Gradient Surgery for Multi-Task Learning", 2020 (conflicts are negative cosines).
/// </summary>
/// <param name="plan">What is trained.</param>
internal sealed class GradientAnalysis(TrainingPlan plan)
{
    /// <summary>With more tasks the pairs' cosines would be too many curves; their mean and the conflict rate remain.</summary>
    public const int MostTasksForPairs = 16;

    private readonly double[] gram = new double[plan.Tasks.Count * plan.Tasks.Count];

    /// <summary>
    /// Steps between records; 0 for none. Where a record needs passes of its own, whose time grows with the tasks, they are as many times further apart as there are eights of tasks, so that the default costs
    /// less than 3 % of a run.
    /// </summary>
    public static long CadenceOf(TrainingPlan plan, TrainingStep step) => step.Model.SharedLength == 0 || plan.Tasks.Count < 2
        ? 0
        : plan.Definition.Training.AnalysisEvery * (step.HasSharedGradients ? 1L : (plan.Tasks.Count + 7) / 8);

    /// <summary>What there is to say of the gradients of one step.</summary>
    public List<MetricValue> Of(GradientMatrix gradients, ReadOnlySpan<bool> present)
    {
        gradients.Gram(gram);
        List<MetricValue> values = [];
        var (pairs, conflicts, sum) = (0, 0, 0.0);
        for (var a = 0; a < present.Length; a++)
        {
            if (!present[a])
                continue;
            values.Add(new MetricValue($"{plan.Tasks[a].Name}/gradient_norm", Norm(a)));
            for (var b = a + 1; b < present.Length; b++)
            {
                var cosine = gram[a * present.Length + b] / (Norm(a) * Norm(b));
                if (!present[b] || !double.IsFinite(cosine))
                    continue;
                (pairs, conflicts, sum) = (pairs + 1, conflicts + (cosine < 0 ? 1 : 0), sum + cosine);
                if (present.Length <= MostTasksForPairs)
                    values.Add(new MetricValue($"{plan.Tasks[a].Name}~{plan.Tasks[b].Name}/gradient_cosine", cosine));
            }
        }

        if (pairs > 0)
            values.AddRange([new MetricValue("all/gradient_cosine", sum / pairs), new MetricValue("all/conflict_rate", (double)conflicts / pairs)]);
        return values;
    }

    private double Norm(int task) => Math.Sqrt(gram[task * plan.Tasks.Count + task]);
}
