using Mtl.Core.Random;
using Mtl.Learning.Optimizers;
using Mtl.Learning.Tests.Oracles;

namespace Mtl.Learning.Tests.Optimizers;

public class LBfgsTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(20)]
    public void The_minimum_of_Rosenbrocks_valley_is_found(int count)
    {
        var (parameters, optimizer) = Minimised(Rosenbrock, RosenbrockStart(count), new LBfgsOptions { ChangeTolerance = 0, GradientTolerance = 1e-4 });

        foreach (var parameter in parameters)
            ((double)parameter).ShouldBe(1, 1e-3);
        optimizer.End!.IsConverged.ShouldBeTrue(optimizer.End.Message);
        optimizer.Evaluations.ShouldBeLessThan(count == 2 ? 80 : 200);
    }

    [Fact]
    public void A_convex_quadratic_is_minimised_where_its_gradient_vanishes()
    {
        const int Count = 60;
        double[] curvatures = [.. Enumerable.Range(0, Count).Select(i => Math.Pow(10, 3.0 * i / (Count - 1)))];
        var minimum = Normal("minimum", Count);
        double Quadratic(ReadOnlySpan<float> at, Span<float> gradients)
        {
            var value = 0.0;
            for (var i = 0; i < Count; i++)
            {
                var from = (double)at[i] - minimum[i];
                gradients[i] = (float)(curvatures[i] * from);
                value += curvatures[i] * from * from / 2;
            }

            return value;
        }

        var (parameters, optimizer) = Minimised(Quadratic, new float[Count], new LBfgsOptions { ChangeTolerance = 0, GradientTolerance = 1e-4 });

        for (var i = 0; i < Count; i++)
            parameters[i].ShouldBe(minimum[i], 1e-3f);
        optimizer.End!.Message.ShouldMatch("^L-BFGS converged after [0-9]+ iterations and [0-9]+ evaluations at a largest gradient component of [0-9.]+e-[0-9]+\\.$");
        optimizer.Evaluations.ShouldBeLessThan(300);
    }

    [Fact]
    public void Every_step_meets_the_strong_Wolfe_conditions()
    {
        var options = new LBfgsOptions { GradientTolerance = 1e-3 };
        var (optimizer, parameters) = (new LBfgs(options, 10), RosenbrockStart(10));
        for (var step = 1; optimizer.End is null && step < 200; step++)
        {
            var start = parameters.ToArray();
            var (before, after) = (new float[10], new float[10]);
            var value = Rosenbrock(start, before);
            optimizer.Step(parameters, Rosenbrock, 1);
            var reached = Rosenbrock(parameters, after);

            double Along(float[] gradients) => gradients.Select((gradient, i) => gradient * ((double)parameters[i] - start[i])).Sum();
            Along(before).ShouldBeLessThan(0);
            reached.ShouldBeLessThanOrEqualTo(value + options.Decrease * Along(before) + 1e-7 * value, $"step {step}");
            Math.Abs(Along(after)).ShouldBeLessThanOrEqualTo(options.Curvature * Math.Abs(Along(before)) * 1.0001, $"step {step}");
        }

        optimizer.End!.IsConverged.ShouldBeTrue();
    }

    [Fact]
    public void A_logistic_regression_ends_where_PyTorchs_does()
    {
        const int Rows = 120;
        const int Count = 8;
        var features = Normal("features", Rows * Count);
        var labels = Normal("labels", Rows).Select((noise, row) => features[row * Count] + noise > 0 ? 1f : 0f).ToArray();
        double Logistic(ReadOnlySpan<float> at, Span<float> gradients)
        {
            gradients.Clear();
            var loss = 0.0;
            for (var row = 0; row < Rows; row++)
            {
                var logit = 0.0;
                for (var i = 0; i < Count; i++)
                    logit += (double)features[row * Count + i] * at[i];
                loss += (Math.Log(1 + Math.Exp(logit)) - labels[row] * logit) / Rows;
                for (var i = 0; i < Count; i++)
                    gradients[i] += (float)((1 / (1 + Math.Exp(-logit)) - labels[row]) * features[row * Count + i] / Rows);
            }

            return loss;
        }

        var expected = PythonOracle.Ask(
            "torch",
            """
            x = torch.tensor(given['features'], dtype=torch.float64).reshape(given['rows'], -1)
            y = torch.tensor(given['labels'], dtype=torch.float64)
            w = torch.zeros(x.shape[1], dtype=torch.float64, requires_grad=True)
            optimizer = torch.optim.LBFGS([w], lr=1, max_iter=200, tolerance_grad=1e-10, tolerance_change=0, line_search_fn='strong_wolfe')
            def closure():
                optimizer.zero_grad()
                loss = torch.nn.functional.binary_cross_entropy_with_logits(x @ w, y)
                loss.backward()
                return loss
            optimizer.step(closure)
            answer = [closure().item()] + w.tolist()
            """,
            new { features, labels, rows = Rows }).AsArray();

        var (parameters, _) = Minimised(Logistic, new float[Count], new LBfgsOptions { ChangeTolerance = 0, GradientTolerance = 1e-6 });

        var loss = Logistic(parameters, new float[Count]);
        loss.ShouldBe(expected[0]!.GetValue<double>(), 1e-6 * loss);
        for (var i = 0; i < Count; i++)
            ((double)parameters[i]).ShouldBe(expected[i + 1]!.GetValue<double>(), 1e-4);
    }

    [Fact]
    public void Restored_state_continues_bit_for_bit()
    {
        var options = new LBfgsOptions { History = 3, GradientTolerance = 0, ChangeTolerance = 0 };
        var (undisturbed, interrupted, resumed) = (new LBfgs(options, 10), new LBfgs(options, 10), new LBfgs(options, 10));
        var (expected, actual) = (RosenbrockStart(10), RosenbrockStart(10));
        for (var step = 1; step <= 14; step++)
            undisturbed.Step(expected, Rosenbrock, 1);

        for (var step = 1; step <= 7; step++)
            interrupted.Step(actual, Rosenbrock, 1);
        foreach (var (from, to) in interrupted.State.Zip(resumed.State))
            from.Bytes.CopyTo(to.Bytes);
        for (var step = 8; step <= 14; step++)
            resumed.Step(actual, Rosenbrock, 1);

        actual.ShouldBe(expected);
        resumed.Evaluations.ShouldBe(undisturbed.Evaluations);
    }

    [Fact]
    public void Points_where_the_objective_is_not_finite_are_stepped_back_from()
    {
        // −log(1 − x²) + x: infinite from 1 on, where the first step of length 1 would lead.
        double Barrier(ReadOnlySpan<float> at, Span<float> gradients)
        {
            double x = at[0];
            gradients[0] = (float)(2 * x / (1 - x * x) - 5);
            return x is > -1 and < 1 ? -Math.Log(1 - x * x) - 5 * x : double.PositiveInfinity;
        }

        var (parameters, optimizer) = Minimised(Barrier, [0f], new LBfgsOptions { GradientTolerance = 1e-4 });

        // 2x = 5(1 − x²).
        ((double)parameters[0]).ShouldBe((-2 + Math.Sqrt(104)) / 10, 1e-4);
        optimizer.End!.IsConverged.ShouldBeTrue();
    }

    [Fact]
    public void An_objective_that_no_step_lowers_is_reported_and_left_where_it_was()
    {
        // A gradient that points the wrong way.
        double Uphill(ReadOnlySpan<float> at, Span<float> gradients)
        {
            gradients[0] = -1;
            return at[0];
        }

        var (parameters, optimizer) = Minimised(Uphill, [1f], new LBfgsOptions());

        parameters.ShouldBe([1f]);
        optimizer.End.ShouldBe(new OptimizerEnd(
            false, $"L-BFGS ended after 1 iterations and {optimizer.Evaluations} evaluations at a largest gradient component of 1e+0: its line search finds no lower point. "
            + "That is the end of single precision, or an objective with kinks."));
    }

    [Fact]
    public void An_objective_that_is_not_finite_at_the_start_changes_nothing()
    {
        var (parameters, optimizer) = Minimised((_, _) => double.NaN, [3f], new LBfgsOptions(), steps: 1);

        parameters.ShouldBe([3f]);
        optimizer.End.ShouldBeNull();
    }

    [Fact]
    public void Gradient_descent_shrinks_a_quadratic_by_its_factor_and_ends_at_its_tolerance()
    {
        var optimizer = new GradientDescent(new GradientDescentOptions { LearningRate = 0.25, GradientTolerance = 1e-3 }, 1);
        float[] parameters = [1];
        var steps = 0;
        while (optimizer.End is null)
        {
            optimizer.Step(parameters, (at, gradients) => (gradients[0] = at[0]) * at[0] / 2, optimizer.LearningRate);
            steps++;
        }

        // 0.75^25 = 7.5e-4: the 26th evaluation is the first within the tolerance, and moves no more.
        steps.ShouldBe(26);
        ((double)parameters[0]).ShouldBe(Math.Pow(0.75, 25), 1e-8);
        optimizer.End.ShouldBe(new OptimizerEnd(true, "Gradient descent converged after 26 steps: the largest gradient component is 7.53e-4."));
    }

    private static (float[] Parameters, LBfgs Optimizer) Minimised(Objective objective, float[] start, LBfgsOptions options, int steps = 500)
    {
        var optimizer = new LBfgs(options, start.Length);
        for (var step = 0; step < steps && optimizer.End is null; step++)
            optimizer.Step(start, objective, optimizer.LearningRate);
        return (start, optimizer);
    }

    /// <summary>Σ 100(x₂ᵢ − x₂ᵢ₋₁²)² + (1 − x₂ᵢ₋₁)². Source: Moré, Garbow and Hillstrom, "Testing Unconstrained Optimization Software", 1981, problem 21.</summary>
    private static double Rosenbrock(ReadOnlySpan<float> at, Span<float> gradients)
    {
        var value = 0.0;
        for (var i = 0; i < at.Length; i += 2)
        {
            var (bend, slope) = (at[i + 1] - (double)at[i] * at[i], 1 - (double)at[i]);
            value += 100 * bend * bend + slope * slope;
            gradients[i] = (float)(-400 * at[i] * bend - 2 * slope);
            gradients[i + 1] = (float)(200 * bend);
        }

        return value;
    }

    private static float[] RosenbrockStart(int count) => [.. Enumerable.Range(0, count).Select(i => i % 2 == 0 ? -1.2f : 1f)];

    private static float[] Normal(string purpose, int count)
    {
        var values = new float[count];
        new CounterRandom(11, purpose).FillNormal(values);
        return values;
    }
}
