using Mtl.Data.Generators;
using Mtl.Data.Tables;

namespace Mtl.Data.Tests.Generators;

public class CorrelatedTasksTests
{
    private const int Rows = 20_000;

    [Theory]
    [InlineData(1)]
    [InlineData(0.9)]
    [InlineData(0.5)]
    [InlineData(0)]
    [InlineData(-0.5)]
    public void The_labels_correlate_as_the_tasks_weights_let_them(double correlation)
    {
        var table = CorrelatedTasks.Generate(correlation, Rows, 10, seed: 3);

        Correlation(Values(table, "y1"), Values(table, "y2")).ShouldBe(Expected(correlation), 0.02);
    }

    [Fact]
    public void The_more_related_the_weights_the_more_the_labels()
    {
        double[] labels = [.. new[] { 0, 0.25, 0.5, 0.75, 0.9, 1 }.Select(Expected)];

        labels.ShouldBeInOrder();
        labels[0].ShouldBe(0, 1e-9);
        labels[^1].ShouldBeGreaterThan(0.95);
    }

    [Fact]
    public void Without_its_noise_a_label_is_the_formula_of_the_inputs()
    {
        var table = CorrelatedTasks.Generate(0.7, Rows, 3, seed: 5);
        var x = Enumerable.Range(1, 3).Select(i => Values(table, $"x{i}")).ToArray();

        // The weights of each task by trying all directions of the unit ball, then the residual's deviation: the noise alone.
        foreach (var task in (string[])["y1", "y2"])
            Enumerable.Range(0, 2000).Min(trial => Deviation(x, Values(table, task), Direction(trial, 2000))).ShouldBe(CorrelatedTasks.Noise, 0.03);
    }

    [Fact]
    public void Inputs_and_noise_are_the_same_whatever_the_correlation()
    {
        var (related, unrelated) = (CorrelatedTasks.Generate(1, 50, 4), CorrelatedTasks.Generate(0, 50, 4));

        foreach (var name in (string[])["x1", "x4", "y1"])
            Values(related, name).ShouldBe(Values(unrelated, name));
        Values(related, "y2").ShouldNotBe(Values(unrelated, "y2"));
        Values(CorrelatedTasks.Generate(1, 50, 4, seed: 2), "x1").ShouldNotBe(Values(related, "x1"));
    }

    [Fact]
    public void The_columns_are_the_inputs_and_the_two_labels() =>
        CorrelatedTasks.Generate(0.5, 2, 3).Columns.Select(column => column.Name).ShouldBe(["x1", "x2", "x3", "y1", "y2"]);

    [Fact]
    public void A_correlation_beyond_one_is_refused() => Should.Throw<ArgumentOutOfRangeException>(() => CorrelatedTasks.Generate(1.1));

    /// <summary>corr(f(s₁) + ε₁, f(s₂) + ε₂) for s₁, s₂ normal with deviation c and correlation ρ, by the trapezoidal rule on a grid.</summary>
    private static double Expected(double correlation)
    {
        const int Points = 200;
        const double Reach = 6;
        var (mean, square, product, mass) = (0.0, 0.0, 0.0, 0.0);
        for (var i = -Points; i <= Points; i++)
        {
            for (var j = -Points; j <= Points; j++)
            {
                var (a, b) = (Reach * i / Points, Reach * j / Points);
                var weight = Math.Exp(-((a * a) + (b * b)) / 2);
                var first = CorrelatedTasks.Response(CorrelatedTasks.Scale * a);
                var second = CorrelatedTasks.Response(CorrelatedTasks.Scale * ((correlation * a) + (Math.Sqrt(1 - (correlation * correlation)) * b)));
                (mean, square, product, mass) = (mean + (weight * first), square + (weight * first * first), product + (weight * first * second), mass + weight);
            }
        }

        (mean, square, product) = (mean / mass, square / mass, product / mass);
        return (product - (mean * mean)) / (square - (mean * mean) + (CorrelatedTasks.Noise * CorrelatedTasks.Noise));
    }

    private static double Correlation(float[] a, float[] b)
    {
        var (meanA, meanB) = (a.Average(value => (double)value), b.Average(value => (double)value));
        double Covariance(float[] x, double meanX, float[] y, double meanY) => x.Zip(y, (left, right) => (left - meanX) * (right - meanY)).Sum();
        return Covariance(a, meanA, b, meanB) / Math.Sqrt(Covariance(a, meanA, a, meanA) * Covariance(b, meanB, b, meanB));
    }

    private static double Deviation(float[][] x, float[] y, double[] direction)
    {
        var sum = 0.0;
        for (var row = 0; row < 500; row++)
        {
            var s = CorrelatedTasks.Scale * ((direction[0] * x[0][row]) + (direction[1] * x[1][row]) + (direction[2] * x[2][row]));
            sum += Math.Pow(y[row] - CorrelatedTasks.Response(s), 2);
        }

        return Math.Sqrt(sum / 500);
    }

    /// <summary>Point of a Fibonacci lattice on the sphere.</summary>
    private static double[] Direction(int i, int count)
    {
        var z = 1 - ((2 * i + 1.0) / count);
        var (radius, angle) = (Math.Sqrt(1 - (z * z)), i * Math.PI * (3 - Math.Sqrt(5)));
        return [radius * Math.Cos(angle), radius * Math.Sin(angle), z];
    }

    private static float[] Values(Table table, string name) => ((NumericColumn)table[name]).Values;
}
