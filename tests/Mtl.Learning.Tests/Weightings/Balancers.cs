using System.Text.Json.Nodes;
using Mtl.Core.Catalogue;
using Mtl.Core.Random;
using Mtl.Learning.Weightings;

namespace Mtl.Learning.Tests.Weightings;

/// <summary>Makes balancers from the catalogue and runs them on matrices.</summary>
internal static class Balancers
{
    public static Weighting Make(string key, int tasks, string options = "{}") => WeightingTable.Methods
        .Create(new Choice(key, JsonNode.Parse(options)!.AsObject().ToDictionary(option => option.Key, option => option.Value?.DeepClone())))
        .Value(new WeightingContext([.. Enumerable.Range(0, tasks).Select(task => $"task{task}")], 9)).Value;

    public static float[] Combine(string key, float[][] rows, string options = "{}") => Combine((GradientBalancer)Make(key, rows.Length, options), rows);

    /// <summary>One step with losses of 1, from a balancer that has not seen another gradient length.</summary>
    public static float[] Combine(GradientBalancer balancer, float[][] rows, long step = 1, float[]? losses = null, int epoch = 1, IGradientProbe? probe = null, bool[]? present = null)
    {
        if (step == 1)
            balancer.Allocate(rows[0].Length);
        var combined = new float[rows[0].Length];
        balancer.Combine(
            new BalancedStep(Matrix(rows), losses ?? [.. rows.Select(_ => 1f)], present ?? [.. rows.Select(_ => true)], step, epoch, probe ?? new SameGradients(rows)), combined);
        return combined;
    }

    public static GradientMatrix Matrix(float[][] rows) => new(rows.SelectMany(row => row).ToArray(), rows.Length, rows[0].Length, rows[0].Length);

    public static double Dot(float[] a, float[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
            sum += (double)a[i] * b[i];
        return sum;
    }

    public static double Norm(float[] a) => Math.Sqrt(Dot(a, a));

    /// <summary>Normal rows that lean on a common one by <paramref name="common"/>; negative values of it make every second one lean the other way.</summary>
    public static float[][] Rows(int tasks, int length, ulong seed, double common = 0)
    {
        var random = new CounterRandom(seed, "rows");
        var shared = new float[length];
        random.Fork(999).FillNormal(shared);
        return
        [
            .. Enumerable.Range(0, tasks).Select(task =>
            {
                var row = new float[length];
                random.Fork((ulong)task).FillNormal(row, 0, 0.5f + task % 3);
                var lean = (float)(common < 0 && task % 2 == 1 ? common : Math.Abs(common));
                for (var i = 0; lean != 0 && i < length; i++)
                    row[i] += lean * shared[i];
                return row;
            }),
        ];
    }

    public static float[][] Scale(float[][] rows, Func<int, float> factor) => [.. rows.Select((row, task) => row.Select(value => value * factor(task)).ToArray())];

    /// <summary>Gives the same gradients everywhere.</summary>
    private sealed class SameGradients(float[][] rows) : IGradientProbe
    {
        private readonly float[] values = [.. rows.SelectMany(row => row)];
        private readonly float[] parameters = new float[rows[0].Length];
        private readonly float[] losses = [.. rows.Select(_ => 0.9f)];

        public double LearningRate => 0.1;

        public ReadOnlySpan<float> Parameters => parameters;

        public ProbedGradients At(ReadOnlySpan<float> at, ProbeBatch batch, int draw = 0) => new(new GradientMatrix(values, rows.Length, parameters.Length, parameters.Length), losses);
    }
}
