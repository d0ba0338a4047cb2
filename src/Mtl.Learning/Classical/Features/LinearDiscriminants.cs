using System.Numerics.Tensors;
using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Learning.Algebra;

namespace Mtl.Learning.Classical.Features;

/// <summary>
/// Fisher's discriminants: the directions v that maximise vᵀS_b v / vᵀS_w v, S_b and S_w the scatter between and within the classes of a task's labels; one less than there are classes, each with variance 1
/// within them. For S_w + σ·(tr S_w/d)·I. Source: Fisher, "The Use of Multiple Measurements in Taxonomic Problems", 1936; Rao, 1948; before the tasks in seed document S1, section 3.1.
/// </summary>
internal static class LinearDiscriminants
{
    public static Result<FeatureSpace> Fit(DiscriminantOptions options, LearnerData data)
    {
        var classified = Enumerable.Range(0, data.Tasks.Count).Where(task => data.Tasks[task].Kind is TaskKind.Binary or TaskKind.Multiclass).ToArray();
        var chosen = options.Task.Length == 0 ? classified : [.. classified.Where(task => data.Tasks[task].Name == options.Task)];
        if (chosen.Length == 0)
        {
            return Error.Invalid(
                options.Task.Length == 0 ? "Discriminants need a classification task, and there is none." : $"Discriminants need a classification task, and there is none named '{options.Task}'.",
                classified.Length == 0 ? "Take feature space 'pca'." : $"There are {string.Join(", ", classified.Select(task => data.Tasks[task].Name))}.",
                "featureSpace.task");
        }

        var means = Moments.Of(data.Features, data.FeatureCount, data.TrainRows).Means;
        return new Projection(means, [.. chosen.SelectMany(task => Directions(data, task, options.Shrinkage))]);
    }

    private static IEnumerable<double[]> Directions(LearnerData data, int task, double shrinkage)
    {
        var (d, all) = (data.FeatureCount, data.RowsOf(task));
        var overall = Moments.Of(data.Features, d, all);
        var groups = all.GroupBy(row => data.Tasks[task].Values[row]).OrderBy(group => group.Key).Select(group => Moments.Of(data.Features, d, group.ToArray())).ToArray();
        var (within, between) = (new double[d * d], new double[d * d]);
        foreach (var group in groups)
        {
            TensorPrimitives.Add(within, group.Scatter, within);
            var offset = new double[d];
            TensorPrimitives.Subtract(group.Means, overall.Means, offset);
            for (var j = 0; j < d; j++)
                TensorPrimitives.MultiplyAdd(offset, group.Rows * offset[j], between.AsSpan(j * d, d), between.AsSpan(j * d, d));
        }

        TensorPrimitives.Divide(within, Math.Max(1, all.Length - groups.Length), within);
        var trace = Enumerable.Range(0, d).Sum(j => within[j * d + j]);
        for (var j = 0; j < d; j++)
            within[j * d + j] += Math.Max(shrinkage * trace / d, 1e-12);

        // S_w = L·Lᵀ; the eigenvectors u of L⁻¹·S_b·L⁻ᵀ give v = L⁻ᵀ·u.
        if (!Cholesky.Factor(within, d, Cholesky.RoundingPivot))
            throw new InvalidOperationException("The shrunk scatter within classes is positive definite.");
        for (var j = 0; j < d; j++)
            Cholesky.SolveLower(within, d, between.AsSpan(j * d, d));
        Transpose(between, d);
        for (var j = 0; j < d; j++)
            Cholesky.SolveLower(within, d, between.AsSpan(j * d, d));
        foreach (var (_, vector) in Moments.Eigen(between, d).Take(Math.Min(d, groups.Length - 1)))
        {
            Cholesky.SolveUpper(within, d, vector);
            yield return vector;
        }
    }

    private static void Transpose(double[] matrix, int n)
    {
        for (var i = 0; i < n; i++)
            for (var j = 0; j < i; j++)
                (matrix[i * n + j], matrix[j * n + i]) = (matrix[j * n + i], matrix[i * n + j]);
    }
}
