using System.Globalization;
using Mtl.Learning.State;
using Mtl.Learning.Vectors;

namespace Mtl.Learning.Optimizers;

/// <summary>
/// Limited-memory BFGS on the whole training set with a strong-Wolfe line search: θ ← θ − α·H·∇J, H from the last m pairs s = θ′ − θ, y = ∇J(θ′) − ∇J(θ) by the two-loop recursion with
/// H₀ = (s·y)/(y·y)·I. A pair with s·y ≤ 10⁻¹⁰·y·y is left out, so that H stays positive definite. A search that finds no decrease is repeated along −∇J with an empty history; when that
/// finds none either, the optimiser ends and says so. Inner products are in double, vectors in single precision.
/// Sources: Liu and Nocedal, "On the limited memory BFGS method for large scale optimization", 1989; Nocedal and Wright, "Numerical Optimization", 2nd edition, algorithm 7.4.
/// </summary>
public sealed class LBfgs : IFullBatchOptimizer
{
    private const double LeastCurvature = 1e-10;

    private readonly LBfgsOptions options;
    private readonly int count;
    private readonly Memory<float> moves;
    private readonly Memory<float> changes;
    private readonly Memory<float> gradients;
    private readonly Memory<float> direction;
    private readonly Memory<float> start;
    private readonly Memory<float> before;
    private readonly double[] products;
    private readonly double[] weights;
    private readonly double[] value = [double.NaN];
    private readonly long[] counters = new long[5];

    public LBfgs(LBfgsOptions options, int parameterCount)
    {
        this.options = options;
        count = parameterCount;
        moves = AlignedMemory.Allocate(checked(options.History * count));
        changes = AlignedMemory.Allocate(checked(options.History * count));
        gradients = AlignedMemory.Allocate(count);
        (direction, start, before) = (AlignedMemory.Allocate(count), AlignedMemory.Allocate(count), AlignedMemory.Allocate(count));
        (products, weights) = (new double[options.History], new double[options.History]);
        State =
        [
            NamedTensor.Of("moves", moves),
            NamedTensor.Of("changes", changes),
            NamedTensor.Of("products", products),
            NamedTensor.Of("gradients", gradients),
            NamedTensor.Of("value", value),
            NamedTensor.Of("counters", counters),
        ];
    }

    public float LearningRate => (float)options.LearningRate;

    public IReadOnlyList<NamedTensor> State { get; }

    public OptimizerEnd? End => (Ending)counters[4] switch
    {
        Ending.None => null,
        Ending.SmallGradient => new OptimizerEnd(true, $"L-BFGS converged {Course()}."),
        Ending.SmallChange => new OptimizerEnd(true, $"L-BFGS converged {Course()}; the objective changes by less than the tolerance."),
        _ => new OptimizerEnd(false, $"L-BFGS ended {Course()}: its line search finds no lower point. That is the end of single precision, or an objective with kinks."),
    };

    /// <summary>Evaluations of the objective so far.</summary>
    public long Evaluations => counters[3];

    private ref long Pairs => ref counters[0];

    private ref long Next => ref counters[1];

    private ref long Iterations => ref counters[2];

    public void Step(Span<float> parameters, Objective objective, float learningRate)
    {
        BufferLengths.Require(count, parameters, gradients.Span);
        if (End is not null)
            return;
        if (double.IsNaN(value[0]))
        {
            counters[3]++;
            value[0] = objective(parameters, gradients.Span);
            if (!double.IsFinite(value[0]))
            {
                value[0] = double.NaN;
                return;
            }
        }

        Iterations++;
        if (LargestComponent.Of(gradients.Span) <= options.GradientTolerance)
        {
            counters[4] = (long)Ending.SmallGradient;
            return;
        }

        parameters.CopyTo(start.Span);
        gradients.CopyTo(before);
        if (!Search(parameters, objective, learningRate) && (Pairs == 0 || !Forget() || !Search(parameters, objective, learningRate)))
        {
            start.Span.CopyTo(parameters);
            counters[3]++;
            value[0] = objective(parameters, gradients.Span);
            counters[4] = (long)Ending.NoDecrease;
        }
    }

    /// <summary>Searches along the quasi-Newton direction (the steepest descent while there is no history) and takes note of what it finds; false when that is nothing.</summary>
    private bool Search(Span<float> parameters, Objective objective, float learningRate)
    {
        SetDirection();
        var slope = Gram.Dot(before.Span, direction.Span);
        if (!(slope < 0))
            return false;
        var length = Pairs == 0 ? Math.Min(1, 1 / SumOfComponents(before.Span)) * learningRate : learningRate;
        var search = new LineSearch(parameters, gradients.Span, start.Span, direction.Span, objective, options);
        if (search.Run(value[0], slope, length, ref counters[3]) is not { } point)
            return false;

        var decrease = value[0] - point.Value;
        var scale = Math.Max(1, Math.Max(Math.Abs(value[0]), Math.Abs(point.Value)));
        value[0] = point.Value;
        Remember(parameters);
        if (LargestComponent.Of(gradients.Span) <= options.GradientTolerance)
            counters[4] = (long)Ending.SmallGradient;
        else if (options.ChangeTolerance > 0 && decrease <= options.ChangeTolerance * scale)
            counters[4] = (long)Ending.SmallChange;
        return true;
    }

    /// <summary>d = −H·∇J by the two-loop recursion.</summary>
    private void SetDirection()
    {
        var result = direction.Span;
        before.Span.CopyTo(result);
        for (var age = 1; age <= Pairs; age++)
        {
            var pair = PairOf(age);
            weights[pair] = Gram.Dot(Row(moves, pair), result) / products[pair];
            ScaledSum.Of(result, (float)-weights[pair], Row(changes, pair), result);
        }

        var scale = -1f;
        if (Pairs > 0)
        {
            var newest = Row(changes, PairOf(1));
            scale = (float)(-products[PairOf(1)] / Gram.Dot(newest, newest));
        }

        // The direction's sign is turned here, and so are the second loop's terms.
        for (var i = 0; i < count; i++)
            result[i] *= scale;
        for (var age = (int)Pairs; age >= 1; age--)
        {
            var pair = PairOf(age);
            var back = Gram.Dot(Row(changes, pair), result) / products[pair];
            ScaledSum.Of(result, (float)(-weights[pair] - back), Row(moves, pair), result);
        }
    }

    /// <summary>Keeps the pair of the step just made, in place of the oldest, if its curvature is positive.</summary>
    private void Remember(ReadOnlySpan<float> parameters)
    {
        var move = Row(moves, (int)Next);
        var change = Row(changes, (int)Next);
        ScaledSum.Of(parameters, -1, start.Span, move);
        ScaledSum.Of(gradients.Span, -1, before.Span, change);
        var product = Gram.Dot(move, change);
        if (!(product > LeastCurvature * Gram.Dot(change, change)))
        {
            // The row held the oldest pair if the history was full; that one is lost.
            Pairs = Math.Min(Pairs, options.History - 1);
            return;
        }

        products[Next] = product;
        Next = (Next + 1) % options.History;
        Pairs = Math.Min(Pairs + 1, options.History);
    }

    private bool Forget()
    {
        Pairs = 0;
        return true;
    }

    private int PairOf(int age) => (int)((Next - age + options.History) % options.History);

    private Span<float> Row(Memory<float> rows, int pair) => rows.Span.Slice(pair * count, count);

    private static double SumOfComponents(ReadOnlySpan<float> values)
    {
        var sum = 0.0;
        foreach (var item in values)
            sum += Math.Abs(item);
        return sum;
    }

    private string Course() => string.Create(
        CultureInfo.InvariantCulture,
        $"after {Iterations} iterations and {Evaluations} evaluations at a largest gradient component of {LargestComponent.Of(gradients.Span):0.##e+0}");

    private enum Ending
    {
        None,
        SmallGradient,
        SmallChange,
        NoDecrease,
    }
}
