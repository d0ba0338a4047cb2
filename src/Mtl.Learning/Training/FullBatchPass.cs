using Mtl.Learning.Vectors;

namespace Mtl.Learning.Training;

/// <summary>The objective Σ λₜLₜ + R over all training rows and its gradient, a chunk of rows at a time: each task's chunk counts by its share of the task's labelled rows, R by the mean of the chunks.</summary>
internal sealed class FullBatchPass
{
    private readonly TrainingStep step;
    private readonly int[] rows;
    private readonly int chunk;
    private readonly int[][] labelled;
    private readonly int[] totals;
    private readonly float[] weights;
    private readonly double[] sums;
    private readonly float[] losses;
    private readonly bool[] present;

    public FullBatchPass(TrainingPlan plan, TrainingStep step)
    {
        (this.step, rows, chunk) = (step, [.. plan.TrainRows], plan.RowsPerPass);
        plan.Groups?.Order(rows);
        labelled = [.. rows.Chunk(chunk).Select(part => plan.Data.Labelled.Select(mask => part.Count(row => mask[row] != 0)).ToArray())];
        var tasks = plan.Tasks.Count;
        totals = [.. Enumerable.Range(0, tasks).Select(task => labelled.Sum(counts => counts[task]))];
        (weights, sums, losses) = (new float[tasks], new double[tasks], new float[tasks]);
        // Every chunk has a penalty, of its own rows where it depends on them; their mean counts.
        step.PenaltyShare = 1f / labelled.Length;
        present = [.. totals.Select(total => total > 0)];
    }

    /// <summary>The tasks' unweighted losses of the last evaluation.</summary>
    public ReadOnlySpan<float> Losses => losses;

    /// <summary>Labelled training rows by task.</summary>
    public ReadOnlySpan<int> Labelled => totals;

    /// <summary>Whether a task has labelled training rows.</summary>
    public ReadOnlySpan<bool> Present => present;

    /// <param name="number">The optimiser step, from 1.</param>
    /// <param name="lambda">λ by task.</param>
    /// <param name="parameters">Where to evaluate.</param>
    /// <param name="gradients">Overwritten.</param>
    /// <returns>The objective.</returns>
    public double Evaluate(long number, ReadOnlySpan<float> lambda, ReadOnlySpan<float> parameters, Span<float> gradients)
    {
        parameters.CopyTo(step.Parameters.All);
        gradients.Clear();
        Array.Clear(sums);
        var penalty = 0.0;
        for (var part = 0; part < labelled.Length; part++)
        {
            for (var task = 0; task < weights.Length; task++)
                weights[task] = lambda[task] * Share(part, task);
            var from = part * chunk;
            step.Run(rows.AsSpan(from, Math.Min(chunk, rows.Length - from)), number, weights);
            for (var task = 0; task < weights.Length; task++)
                sums[task] += (double)step.Losses[task] * Share(part, task);
            penalty += (double)step.Penalty / labelled.Length;
            ScaledSum.Of(gradients, 1, step.Gradients.All, gradients);
        }

        var joint = penalty;
        for (var task = 0; task < weights.Length; task++)
        {
            losses[task] = (float)sums[task];
            joint += lambda[task] * sums[task];
        }

        return joint;
    }

    private float Share(int part, int task) => totals[task] == 0 ? 0 : (float)labelled[part][task] / totals[task];
}
