using Mtl.Core.Random;
using Mtl.Learning.Weightings;

namespace Mtl.Learning.Tests.Weightings;

public class PcGradTests
{
    [Fact]
    public void The_published_value_is_met()
    {
        var combined = Combine([[-4, 1, 1], [6, 1, 1]]);

        combined.Select(value => (double)value).ShouldBe([0.5848, 3.8012, 3.8012], 1e-4);
    }

    [Fact]
    public void Gradients_without_conflict_are_summed() => Combine([[1, 2, 0], [0.5f, 0, 3], [0, 1, 1]]).ShouldBe([1.5f, 3f, 4f]);

    [Fact]
    public void Opposite_gradients_cancel() => Combine([[1, -2], [-1, 2]]).ShouldBe([0f, 0f]);

    [Fact]
    public void A_gradient_of_zero_changes_nothing() => Combine([[1, -2], [0, 0]]).ShouldBe([1f, -2f]);

    [Fact]
    public void Neither_of_two_projected_gradients_opposes_the_other_task()
    {
        for (ulong trial = 0; trial < 50; trial++)
        {
            var rows = Rows(2, 33, trial);
            var combined = Combine(rows);
            foreach (var row in rows)
                Dot(combined, row).ShouldBeGreaterThanOrEqualTo(-1e-3);
        }
    }

    [Fact]
    public void Projections_are_those_of_the_gradients_themselves()
    {
        for (ulong trial = 0; trial < 30; trial++)
        {
            var rows = Rows(4, 50, trial);
            var actual = Combine(rows, step: (long)trial + 1);

            Direct(rows, new CounterRandom(9, "pcgrad").Fork(trial + 1)).Zip(actual).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 1e-4);
        }
    }

    [Fact]
    public void An_absent_task_is_left_out()
    {
        var balancer = new PcGrad(3, 9);
        var combined = new float[2];

        balancer.Combine(new BalancedStep(new GradientMatrix([1, 0, float.NaN, float.NaN, 1, 1], 3, 2, 2), [], [true, false, true], 1, 1), combined);

        combined.ShouldBe([2f, 1f]);
        balancer.Coefficients.ToArray().ShouldBe([1f, 0f, 1f]);
    }

    [Fact]
    public void Padding_between_rows_is_not_read()
    {
        var combined = new float[2];

        new PcGrad(2, 9).Combine(new BalancedStep(new GradientMatrix([1, 2, float.NaN, float.NaN, 3, 4], 2, 2, 4), [], [true, true], 1, 1), combined);

        combined.ShouldBe([4f, 6f]);
    }

    [Fact]
    public void The_result_is_the_combination_of_the_gradients_by_the_coefficients()
    {
        var rows = Rows(5, 3000, 4);
        var balancer = new PcGrad(5, 9);
        var combined = new float[3000];

        balancer.Combine(new BalancedStep(Matrix(rows), [], [true, true, true, true, true], 1, 1), combined);

        for (var i = 0; i < combined.Length; i++)
        {
            var expected = 0.0;
            for (var task = 0; task < 5; task++)
                expected += (double)balancer.Coefficients[task] * rows[task][i];
            ((double)combined[i]).ShouldBe(expected, 1e-4);
        }
    }

    [Fact]
    public void Order_is_a_function_of_seed_and_step()
    {
        var rows = Rows(6, 8, 2);

        Combine(rows, step: 3).ShouldBe(Combine(rows, step: 3));
        Enumerable.Range(1, 10).Select(step => Combine(rows, step)[0]).Distinct().Count().ShouldBeGreaterThan(1);
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        var balancer = new PcGrad(4, 9);
        var values = Rows(4, 1000, 1).SelectMany(row => row).ToArray();
        var combined = new float[1000];
        bool[] present = [true, true, true, true];
        balancer.Combine(new BalancedStep(new GradientMatrix(values, 4, 1000, 1000), [], present, 1, 1), combined);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var step = 2; step < 20; step++)
            balancer.Combine(new BalancedStep(new GradientMatrix(values, 4, 1000, 1000), [], present, step, 1), combined);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void Rows_that_do_not_fit_are_refused() =>
        Should.Throw<ArgumentException>(() => { _ = new GradientMatrix(new float[7], 2, 4, 4); }).Message.ShouldBe("7 floats can't hold 2 rows of 4 at a distance of 4.");

    private static float[] Combine(float[][] rows, long step = 1)
    {
        var combined = new float[rows[0].Length];
        new PcGrad(rows.Length, 9).Combine(new BalancedStep(Matrix(rows), [], [.. rows.Select(_ => true)], step, 1), combined);
        return combined;
    }

    private static GradientMatrix Matrix(float[][] rows) => new(rows.SelectMany(row => row).ToArray(), rows.Length, rows[0].Length, rows[0].Length);

    /// <summary>The published algorithm word for word, in double.</summary>
    private static double[] Direct(float[][] rows, CounterRandom random)
    {
        var sum = new double[rows[0].Length];
        for (var i = 0; i < rows.Length; i++)
        {
            var projected = rows[i].Select(value => (double)value).ToArray();
            foreach (var j in random.Fork((ulong)i).Permutation(rows.Length).Where(j => j != i))
            {
                var other = rows[j];
                var product = projected.Zip(other, (a, b) => a * b).Sum();
                if (product < 0)
                    projected = [.. projected.Zip(other, (a, b) => a - product / other.Sum(x => (double)x * x) * b)];
            }

            sum = [.. sum.Zip(projected, (a, b) => a + b)];
        }

        return sum;
    }

    private static double Dot(float[] a, float[] b) => a.Zip(b, (x, y) => (double)x * y).Sum();

    private static float[][] Rows(int tasks, int length, ulong trial) =>
    [
        .. Enumerable.Range(0, tasks).Select(task =>
        {
            var row = new float[length];
            new CounterRandom(trial, "rows").Fork((ulong)task).FillNormal(row);
            return row;
        }),
    ];
}
