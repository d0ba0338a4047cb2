using System.Runtime.InteropServices;
using Mtl.Learning.Weightings;

namespace Mtl.Learning.Tests.Weightings;

/// <summary>The balancers that ask for more gradients than the step's, on tasks whose losses are known everywhere.</summary>
public class ProbingBalancerTests
{
    private const int Tasks = 3;
    private const int Length = 12;

    private readonly QuadraticTasks problem = new(Tasks, Length);

    [Fact]
    public void Modo_steps_along_the_product_of_two_independent_batches()
    {
        var balancer = Make("modo", """{"gamma":0.01,"rho":0.3}""");

        Combine(balancer);

        var (first, second) = (problem.Rows(ProbeBatch.Training, 0), problem.Rows(ProbeBatch.Training, 1));
        double[] moved =
        [
            .. Enumerable.Range(0, Tasks).Select(t => 1.0 / Tasks - 0.01 * (Enumerable.Range(0, Tasks).Sum(j => Balancers.Dot(first[t], second[j]) / Tasks) + 0.3 / Tasks)),
        ];
        var shift = (moved.Sum() - 1) / Tasks;
        balancer.Coefficients.ToArray().Select(value => (double)value).ShouldBe(moved.Select(value => value - shift), 1e-5);
    }

    [Fact]
    public void Sdmgrad_steps_as_published()
    {
        var balancer = Make("sdmgrad", """{"iterations":3}""");

        Combine(balancer);

        var (first, second) = (problem.Rows(ProbeBatch.Training, 0), problem.Rows(ProbeBatch.Training, 1));
        var products = first.Select(a => second.Select(b => Balancers.Dot(a, b)).ToArray()).ToArray();
        var scale = Math.Pow(Enumerable.Range(0, Tasks).Average(t => Math.Sqrt(Math.Max(0, products[t][t]))), 2) + 1e-8;
        var (weights, velocity) = (Enumerable.Repeat(1.0 / Tasks, Tasks).ToArray(), new double[Tasks]);
        for (var turn = 0; turn < 3; turn++)
        {
            double[] slopes = [.. products.Select(row => (row.Zip(weights, (a, w) => a * w).Sum() + 0.3 * row.Average()) / scale)];
            velocity = [.. velocity.Zip(slopes, (v, s) => 0.5 * v + s)];
            weights = OnSimplex([.. weights.Zip(velocity, (w, v) => w - 5 * v)]);
        }

        balancer.Coefficients.ToArray().Select(value => (double)value).ShouldBe(weights.Select(w => (w + 0.3 / Tasks) / 1.3), 1e-4);
    }

    [Fact]
    public void Auto_lambda_learns_from_the_slope_of_the_losses_after_a_step()
    {
        var balancer = Make("auto-lambda", """{"initial":0.4}""");

        Combine(balancer);

        double Outer(double[] weights) => Ahead(weights, problem.LearningRate) is var at ? Enumerable.Range(0, Tasks).Sum(t => QuadraticTasks.Loss(t, at, ProbeBatch.Validation)) : 0;
        ShouldBeSlope(Floats(balancer, "first_moment"), Outer, [0.4, 0.4, 0.4]);
    }

    [Fact]
    public void Moml_learns_a_direction_in_which_every_loss_after_a_step_falls()
    {
        var balancer = Make("moml", """{"outerLearningRate":0.001}""");
        double[] Outer(double[] logits)
        {
            double[] weights = [.. logits.Select(logit => Math.Exp(logit) / logits.Sum(Math.Exp))];
            var at = Ahead(weights, 0.1);
            return [.. Enumerable.Range(0, Tasks).Select(t => QuadraticTasks.Loss(t, at, ProbeBatch.Validation))];
        }

        Combine(balancer);

        // Adam's first moment is a tenth of the combined gradient; along it no task's loss falls slower than by its square, as for any point of least norm of unit vectors.
        double[] direction = [.. Floats(balancer, "first_moment").Select(value => value / 0.1)];
        var square = direction.Sum(value => value * value);
        for (var task = 0; task < Tasks; task++)
        {
            double[] gradient = [.. Enumerable.Range(0, Tasks).Select(t => Slope(logits => Outer(logits)[task], new double[Tasks], t))];
            var length = Math.Sqrt(gradient.Sum(value => value * value));
            gradient.Zip(direction, (a, b) => a * b / length).Sum().ShouldBeGreaterThan(square - 1e-3);
        }

        square.ShouldBeLessThan(1 + 1e-4);
    }

    [Fact]
    public void The_program_of_forum_is_solved()
    {
        for (ulong seed = 0; seed < 30; seed++)
        {
            var rows = Balancers.Rows(3, 6, seed);
            float[][] tasks = [rows[0], rows[1]];
            var (slope, rho) = (rows[2], 0.1 + 0.2 * (seed % 5));
            var square = Balancers.Dot(slope, slope) + 0.5;
            var program = new ForumProgram(2, rho);
            program.Load(Balancers.Matrix(tasks), slope, square);

            program.Solve();

            double Objective(double first, double nu)
            {
                double[] d = [.. Enumerable.Range(0, 6).Select(i => first * tasks[0][i] / Balancers.Norm(tasks[0]) + (1 - first) * tasks[1][i] / Balancers.Norm(tasks[1]) + nu * slope[i])];
                return 0.5 * (d.Sum(value => value * value) + nu * nu * 0.5) - nu * rho * square;
            }

            var found = Objective(program.Weights[0], program.Multiplier(program.Weights));
            for (var i = 0; i <= 100; i++)
                for (var j = 0; j <= 100; j++)
                    Objective(i / 100.0, j / 50.0).ShouldBeGreaterThan(found - 1e-6);
        }
    }

    [Fact]
    public void Forum_combines_the_outer_gradients_with_the_constraints_slope()
    {
        var balancer = Make("forum", """{"innerSteps":2,"outer":"validation"}""");

        var combined = Combine(balancer);

        var (inner, outer) = (problem.Rows(ProbeBatch.Step), problem.Rows(ProbeBatch.Validation));
        double[] weights = [.. Enumerable.Repeat(1.0 / Tasks, Tasks)];
        var at = Ahead(weights, 0.1);
        double[] slopes = [.. Enumerable.Range(0, Length).Select(i => Enumerable.Range(0, Tasks).Average(t => Slope(point => QuadraticTasks.Loss(t, point, ProbeBatch.Step), at, i)))];
        at = [.. at.Zip(slopes, (value, slope) => value - 0.1 * slope)];
        float[] along = [.. Enumerable.Range(0, Length).Select(i => inner.Average(row => row[i]))];
        double[] falls = [.. Enumerable.Range(0, Tasks).Select(t => QuadraticTasks.Loss(t, Point(), ProbeBatch.Step) - QuadraticTasks.Loss(t, at, ProbeBatch.Step))];
        double[] lowered = [.. falls.Select(fall => (fall - falls.Average()) / Tasks)];
        var square = Balancers.Dot(along, along) + lowered.Sum(value => value * value);
        var program = new ForumProgram(Tasks, 0.1);
        program.Load(Balancers.Matrix(outer), along, square);
        program.Solve();
        var lambda = program.Weights.ToArray();
        var nu = program.Multiplier(lambda);

        combined.Select(value => (double)value).ShouldBe(
            Enumerable.Range(0, Length).Select(i => outer.Select((row, t) => lambda[t] * row[i] / Balancers.Norm(row)).Sum() + nu * along[i]), 1e-4);
        Floats(balancer, "first_moment").Select(value => value / 0.1).ShouldBe(lowered.Select(value => nu * value), 1e-4);
    }

    private static GradientBalancer Make(string key, string options) => (GradientBalancer)Balancers.Make(key, Tasks, options);

    private float[] Combine(GradientBalancer balancer) => Balancers.Combine(balancer, problem.Rows(ProbeBatch.Step), losses: problem.Losses(ProbeBatch.Step), probe: problem);

    private double[] Point() => [.. problem.Parameters.ToArray().Select(value => (double)value)];

    /// <summary>θ − rate · Σ weightₜ·gₜ.</summary>
    private double[] Ahead(double[] weights, double rate)
    {
        var rows = problem.Rows(ProbeBatch.Step);
        return [.. Point().Select((value, i) => value - rate * rows.Select((row, t) => weights[t] * row[i]).Sum())];
    }

    private static void ShouldBeSlope(float[] moments, Func<double[], double> objective, double[] at)
    {
        for (var task = 0; task < at.Length; task++)
            (moments[task] / 0.1).ShouldBe(Slope(objective, at, task), 1e-4 * (1 + Math.Abs(moments[task] / 0.1)));
    }

    private static double Slope(Func<double[], double> objective, double[] at, int index)
    {
        double[] up = [.. at], down = [.. at];
        up[index] += 1e-5;
        down[index] -= 1e-5;
        return (objective(up) - objective(down)) / 2e-5;
    }

    private static double[] OnSimplex(double[] values)
    {
        // By bisection of the shift.
        var (low, high) = (values.Min() - 1, values.Max());
        for (var turn = 0; turn < 200; turn++)
        {
            var shift = (low + high) / 2;
            if (values.Sum(value => Math.Max(0, value - shift)) > 1)
                low = shift;
            else
                high = shift;
        }

        return [.. values.Select(value => Math.Max(0, value - low))];
    }

    private static float[] Floats(GradientBalancer balancer, string name) => MemoryMarshal.Cast<byte, float>(balancer.State.Single(tensor => tensor.Name == name).Bytes).ToArray();
}
