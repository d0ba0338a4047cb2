using Mtl.Learning.Optimizers;
using Mtl.Learning.Weightings;

namespace Mtl.Learning.Tests.Weightings;

public class ToyProblemTests
{
    private const int Steps = 100_000;
    private const float LearningRate = 1e-3f;

    private readonly ITestOutputHelper output = TestContext.Current.TestOutputHelper!;

    [Fact]
    public void Its_gradients_are_the_slopes_of_its_losses()
    {
        var gradients = new float[4];
        foreach (var (x1, x2) in new[] { (-8.5, 7.5), (1.0, 0.3), (9, 9), (-7.5, -0.5), (9, -1), (-4, -7) })
        {
            ToyProblem.Evaluate(x1, x2, gradients);
            const double H = 1e-5;
            var (right, left, up, down) = (ToyProblem.Losses(x1 + H, x2), ToyProblem.Losses(x1 - H, x2), ToyProblem.Losses(x1, x2 + H), ToyProblem.Losses(x1, x2 - H));
            gradients.Select(value => (double)value).ShouldBe(
                [(right.First - left.First) / (2 * H), (up.First - down.First) / (2 * H), (right.Second - left.Second) / (2 * H), (up.Second - down.Second) / (2 * H)], 1e-4);
        }
    }

    [Theory]
    [InlineData("mgda", "{}")]
    [InlineData("pcgrad", "{}")]
    [InlineData("imtl", """{"scaleLosses":false}""")]
    [InlineData("cagrad", """{"c":0.4}""")]
    [InlineData("nash-mtl", "{}")]
    public void A_balancer_reaches_the_Pareto_front_from_every_start(string key, string options) =>
        Parallel.ForEach(ToyProblem.Starts, start => ShouldBeOnFront(key, start, Descend((GradientBalancer)Balancers.Make(key, 2, options), start)));

    [Fact]
    public void Famo_reaches_the_Pareto_front_from_every_start()
    {
        var ends = DescendWithFamo();
        foreach (var (start, end) in ToyProblem.Starts.Zip(ends))
            ShouldBeOnFront("famo", start, end);
    }

    [Fact]
    public void The_sum_of_the_losses_misses_the_Pareto_front_from_some_start()
    {
        var ends = ToyProblem.Starts.Select(start => Descend(null, start)).ToArray();
        foreach (var (start, end) in ToyProblem.Starts.Zip(ends))
            Say("sum", start, end);

        ends.ShouldContain(end => !IsOnFront(end));
    }

    /// <summary>Adam along the balancer's combination, or the sum.</summary>
    private static (float X1, float X2) Descend(GradientBalancer? balancer, (float X1, float X2) start)
    {
        float[] x = [start.X1, start.X2];
        var (gradients, combined, losses) = (new float[4], new float[2], new float[2]);
        bool[] present = [true, true];
        var adam = new Adam(new AdamOptions { LearningRate = LearningRate }, 2);
        balancer?.Allocate(2);
        for (var step = 1; step <= Steps; step++)
        {
            var (first, second) = ToyProblem.Evaluate(x[0], x[1], gradients);
            (losses[0], losses[1]) = ((float)first, (float)second);
            if (balancer is null)
                (combined[0], combined[1]) = (gradients[0] + gradients[2], gradients[1] + gradients[3]);
            else
                balancer.Combine(new BalancedStep(new GradientMatrix(gradients, 2, 2, 2), losses, present, step, 1), combined);
            adam.Step(x, combined, LearningRate);
        }

        return (x[0], x[1]);
    }

    /// <summary>
    /// All starts at once, since FAMO's λ comes from a graph. As its authors do here, the losses are taken above their lower bounds and the weights do not decay: with a decay the valley's slow
    /// progress is not enough to move them.
    /// </summary>
    private static (float X1, float X2)[] DescendWithFamo()
    {
        var starts = ToyProblem.Starts.Count;
        var famos = ToyProblem.Starts.Select(_ => (Famo)Balancers.Make("famo", 2, """{"weightDecay":0}""")).ToArray();
        var adams = ToyProblem.Starts.Select(_ => new Adam(new AdamOptions { LearningRate = LearningRate }, 2)).ToArray();
        float[][] points = [.. ToyProblem.Starts.Select(start => new[] { start.X1, start.X2 })];
        float[][] gradients = [.. points.Select(_ => new float[4])];
        var (before, after, combined) = (new float[2], new float[2], new float[2]);
        bool[] present = [true, true];
        using var graph = new LambdaGraph(famos[0], 2, starts);
        void Losses(int start, Span<float> losses)
        {
            var (first, second) = ToyProblem.Evaluate(points[start][0], points[start][1], gradients[start]);
            losses[0] = (float)(first - ToyProblem.LowerBounds[0]);
            losses[1] = (float)(second - ToyProblem.LowerBounds[1]);
        }

        for (var step = 1; step <= Steps; step++)
        {
            for (var start = 0; start < starts; start++)
            {
                Losses(start, before);
                var weights = famos[start].Weights;
                for (var task = 0; task < 2; task++)
                    (graph.Losses(task)[start], graph.Weights(task)[start]) = (before[task], weights[task]);
            }

            graph.Run();
            for (var start = 0; start < starts; start++)
            {
                var (first, second) = (graph.Lambdas(0)[start], graph.Lambdas(1)[start]);
                (before[0], before[1]) = (graph.Losses(0)[start], graph.Losses(1)[start]);
                var own = gradients[start];
                (combined[0], combined[1]) = (first * own[0] + second * own[2], first * own[1] + second * own[3]);
                adams[start].Step(points[start], combined, LearningRate);
                Losses(start, after);
                famos[start].LearnFromEffect(before, after, present);
            }
        }

        return [.. points.Select(point => (point[0], point[1]))];
    }

    private static bool IsOnFront((float X1, float X2) end) => end.X2 < -3 && ToyProblem.UnitLeastNorm(end.X1, end.X2) < 0.05;

    private void ShouldBeOnFront(string key, (float X1, float X2) start, (float X1, float X2) end)
    {
        Say(key, start, end);
        IsOnFront(end).ShouldBeTrue($"{key} from {start} ended at {end} with a least norm of {ToyProblem.UnitLeastNorm(end.X1, end.X2):G3}");
    }

    private void Say(string key, (float X1, float X2) start, (float X1, float X2) end) =>
        output.WriteLine($"{key} {start} -> {end}, least norm {ToyProblem.UnitLeastNorm(end.X1, end.X2):G3}");
}
