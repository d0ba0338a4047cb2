using System.Numerics;
using System.Runtime.InteropServices;

namespace Mtl.Learning.Probabilistic.Latent;

/// <summary>
/// The Gaussian mixture for several tasks of S0 (section 3): p(x | z) = N(x | W·z, I), and what is maximised is
/// <para>J(z, W, b) = Σ_t (1/n_t)·Σ_i log p(y_ti | x_ti, z_t, W) − λ‖z‖² − μ‖W‖².</para>
/// W, [features, dimensions], is shared; each output of each task has its z, [dimensions], and a bias. The output model follows from the mixture by Bayes' rule:
/// classes c are components N(x | W·z_c, I) with shares π_c, so p(y = c | x) = softmax_c(z_cᵀWᵀx + b_c) with b_c = log π_c − ½‖W·z_c‖²; two classes with means ±½W·z give p(y = 1 | x) = σ(zᵀWᵀx + b);
/// a number is y ~ N(zᵀWᵀx + b, 1) in standardised units: features projected on W and scaled by z. b is free, as the shares are.
/// J is concave in (z, b) for fixed W and in W for fixed (z, b), but not in both: hence restarts. The penalty on W is not in S0, where J has no maximum: W → c·W, z → z/c leaves the likelihood and shrinks ‖z‖. With both,
/// the best factors of given coefficients B = W·Z cost 2√(λμ)·‖B‖_*: tasks share a subspace.
/// <para>
/// Mistakes in S0's code, which is not followed: its objective is the likelihood of x and leaves y out; the density of a vector is not taken over its dimensions; the penalty has the sign that rewards large z once the result is minimised;
/// the gradients have the density as a factor, which belongs to p and not to log p; and its steps go down. In its formulas the penalty itself, a number, is subtracted from z where its gradient 2λz is meant.
/// </para>
/// </summary>
/// <param name="features">[rows, featureCount], row-major: the training rows.</param>
/// <param name="featureCount">F.</param>
/// <param name="tasks">In the definition's order.</param>
/// <param name="options">λ, μ and the length of z.</param>
internal sealed class LatentMixtureProblem(double[] features, int featureCount, IReadOnlyList<LatentTask> tasks, LatentMixtureOptions options)
{
    public int Features => featureCount;

    public int Dimensions => options.Dimensions;

    /// <summary>Outputs of all tasks.</summary>
    public int Outputs { get; } = tasks.Sum(task => task.Outputs);

    private int Rows => features.Length / featureCount;

    /// <summary>Wᵀx of every row, [rows, dimensions].</summary>
    public double[] Project(double[] projection)
    {
        var projected = new double[Rows * Dimensions];
        for (var row = 0; row < Rows; row++)
        {
            var x = features.AsSpan(row * featureCount, featureCount);
            for (var j = 0; j < Dimensions; j++)
                projected[(row * Dimensions) + j] = Dot(x, projection.AsSpan(j * featureCount, featureCount));
        }

        return projected;
    }

    /// <summary>J.</summary>
    /// <param name="projected">Wᵀx, [rows, dimensions].</param>
    /// <param name="point">z and W.</param>
    /// <param name="slopes">∂J/∂s, task after task, [labelled rows, outputs]; not filled when empty.</param>
    public double Objective(double[] projected, LatentPoint point, Span<double> slopes = default)
    {
        var objective = -(options.ProjectionPenalty * SumOfSquares(point.Projection));
        var output = 0;
        foreach (var task in tasks)
        {
            var latents = point.Latents.AsSpan(output * (Dimensions + 1), task.Outputs * (Dimensions + 1));
            output += task.Outputs;
            for (var k = 0; k < task.Outputs; k++)
                objective -= options.Lambda * SumOfSquares(latents.Slice(k * (Dimensions + 1), Dimensions));
            objective += MeanLogLikelihood(task, projected, latents, slopes);
            if (!slopes.IsEmpty)
                slopes = slopes[(task.Rows.Length * task.Outputs)..];
        }

        return objective;
    }

    /// <summary>How many slopes there are.</summary>
    public int SlopeCount => tasks.Sum(task => task.Rows.Length * task.Outputs);

    /// <summary>∂J/∂z with ∂J/∂b, in the shape of <see cref="LatentPoint.Latents"/>.</summary>
    public double[] LatentGradient(double[] projected, LatentPoint point, ReadOnlySpan<double> slopes)
    {
        var gradient = new double[point.Latents.Length];
        var output = 0;
        foreach (var task in tasks)
        {
            foreach (var row in task.Rows)
            {
                for (var k = 0; k < task.Outputs; k++)
                {
                    var target = gradient.AsSpan((output + k) * (Dimensions + 1), Dimensions + 1);
                    Add(target[..^1], slopes[k], projected.AsSpan(row * Dimensions, Dimensions));
                    target[^1] += slopes[k];
                }

                slopes = slopes[task.Outputs..];
            }

            output += task.Outputs;
        }

        for (var i = 0; i < gradient.Length; i++)
            gradient[i] -= (i + 1) % (Dimensions + 1) == 0 ? 0 : 2 * options.Lambda * point.Latents[i];
        return gradient;
    }

    /// <summary>∂J/∂W, in the shape of <see cref="LatentPoint.Projection"/>.</summary>
    public double[] ProjectionGradient(LatentPoint point, ReadOnlySpan<double> slopes)
    {
        // The rows' slopes by Wᵀx first, so that each row of features is read once whatever number of tasks has it.
        var pulls = new double[Rows * Dimensions];
        var output = 0;
        foreach (var task in tasks)
        {
            foreach (var row in task.Rows)
            {
                for (var k = 0; k < task.Outputs; k++)
                    Add(pulls.AsSpan(row * Dimensions, Dimensions), slopes[k], point.Latents.AsSpan((output + k) * (Dimensions + 1), Dimensions));
                slopes = slopes[task.Outputs..];
            }

            output += task.Outputs;
        }

        var gradient = Array.ConvertAll(point.Projection, value => -2 * options.ProjectionPenalty * value);
        for (var row = 0; row < Rows; row++)
            for (var j = 0; j < Dimensions; j++)
                Add(gradient.AsSpan(j * featureCount, featureCount), pulls[(row * Dimensions) + j], features.AsSpan(row * featureCount, featureCount));
        return gradient;
    }

    private double MeanLogLikelihood(LatentTask task, double[] projected, ReadOnlySpan<double> latents, Span<double> slopes)
    {
        var scores = new double[task.Outputs];
        var sum = 0.0;
        for (var i = 0; i < task.Rows.Length; i++)
        {
            var shared = projected.AsSpan(task.Rows[i] * Dimensions, Dimensions);
            for (var k = 0; k < task.Outputs; k++)
            {
                var latent = latents.Slice(k * (Dimensions + 1), Dimensions + 1);
                scores[k] = latent[^1] + Dot(shared, latent[..^1]);
            }

            sum += task.LogLikelihood(scores, task.Labels[i]);
            for (var k = 0; k < task.Outputs && !slopes.IsEmpty; k++)
                slopes[(i * task.Outputs) + k] = scores[k] / task.Rows.Length;
        }

        return task.Rows.Length == 0 ? 0 : sum / task.Rows.Length;
    }

    private static double SumOfSquares(ReadOnlySpan<double> values) => Dot(values, values);

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var lanes = Vector<double>.Zero;
        var wideA = MemoryMarshal.Cast<double, Vector<double>>(a);
        var wideB = MemoryMarshal.Cast<double, Vector<double>>(b);
        for (var i = 0; i < wideA.Length; i++)
            lanes += wideA[i] * wideB[i];
        var sum = Vector.Sum(lanes);
        for (var i = wideA.Length * Vector<double>.Count; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    /// <summary>target += factor·values.</summary>
    private static void Add(Span<double> target, double factor, ReadOnlySpan<double> values)
    {
        for (var i = 0; i < values.Length; i++)
            target[i] += factor * values[i];
    }
}
