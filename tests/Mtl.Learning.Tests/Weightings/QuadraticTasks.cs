using Mtl.Core.Random;
using Mtl.Learning.Weightings;

namespace Mtl.Learning.Tests.Weightings;

/// <summary>Tasks Lₜ(θ) = ½Σ aₜᵢ(θᵢ − mₜᵢ)², other minima m for each batch, as a probe.</summary>
internal sealed class QuadraticTasks(int tasks, int length) : IGradientProbe
{
    private readonly float[] gradients = new float[tasks * length];
    private readonly float[] losses = new float[tasks];
    private readonly float[] parameters = [.. Enumerable.Range(0, length).Select(i => 0.1f * i - 0.5f)];

    public double LearningRate => 0.05;

    public ReadOnlySpan<float> Parameters => parameters;

    public ProbedGradients At(ReadOnlySpan<float> at, ProbeBatch batch, int draw = 0)
    {
        for (var task = 0; task < tasks; task++)
        {
            losses[task] = (float)Loss(task, [.. at.ToArray().Select(value => (double)value)], batch, draw);
            for (var i = 0; i < length; i++)
                gradients[task * length + i] = (float)(Curvature(task, i) * (at[i] - Minimum(task, i, batch, draw)));
        }

        return new ProbedGradients(new GradientMatrix(gradients, tasks, length, length), losses);
    }

    public static double Loss(int task, double[] at, ProbeBatch batch, int draw = 0) =>
        at.Select((value, i) => 0.5 * Curvature(task, i) * (value - Minimum(task, i, batch, draw)) * (value - Minimum(task, i, batch, draw))).Sum();

    /// <summary>The tasks' gradients at the parameters, as rows.</summary>
    public float[][] Rows(ProbeBatch batch, int draw = 0)
    {
        return [.. Enumerable.Range(0, tasks).Select(task => At(parameters, batch, draw).Gradients.Row(task).ToArray())];
    }

    public float[] Losses(ProbeBatch batch) => At(parameters, batch).Losses.ToArray();

    private static double Curvature(int task, int i) => 0.5 + ((task + i) % 3);

    private static double Minimum(int task, int i, ProbeBatch batch, int draw) => new CounterRandom(5, "minimum").Fork((ulong)batch).Fork((ulong)draw).Normal((ulong)((task * 100) + i));
}
