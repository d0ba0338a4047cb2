using System.Numerics.Tensors;

namespace Mtl.Learning.Classical.Linear;

/// <summary>The smooth part of an objective: every task's loss on its own rows, and the quadratic penalty between the columns.</summary>
/// <param name="losses">By task.</param>
/// <param name="shape">Columns of all tasks, in the tasks' order.</param>
/// <param name="coupling">The penalty.</param>
internal sealed class SmoothPart(IReadOnlyList<TaskLoss> losses, LinearShape shape, TaskCoupling coupling)
{
    private readonly int[] starts = Starts(losses, shape);
    private readonly double[] scratch = new double[shape.Length];

    public LinearShape Shape => shape;

    public TaskCoupling Coupling => coupling;

    public IReadOnlyList<TaskLoss> Losses => losses;

    public bool IsQuadratic => losses.All(loss => loss.IsQuadratic);

    /// <summary>Gives the value, and overwrites the gradient.</summary>
    public double Evaluate(ReadOnlySpan<double> w, Span<double> gradient)
    {
        gradient.Clear();
        var value = 0.0;
        for (var task = 0; task < losses.Count; task++)
            value += losses[task].Evaluate(Part(w, task), Part(gradient, task));
        Array.Clear(scratch);
        coupling.AddTimes(shape, w, scratch);
        TensorPrimitives.Add(gradient, scratch, gradient);
        return value + 0.5 * TensorPrimitives.Dot(w, scratch);
    }

    /// <summary>Overwrites <paramref name="result"/> with H·v, H the Hessian at w.</summary>
    public void HessianTimes(ReadOnlySpan<double> w, ReadOnlySpan<double> v, Span<double> result)
    {
        result.Clear();
        for (var task = 0; task < losses.Count; task++)
            losses[task].AddHessianTimes(Part(w, task), Part(v, task), Part(result, task));
        coupling.AddTimes(shape, v, result);
    }

    /// <summary>The Hessian's block of one column, [features + 1, features + 1], at w.</summary>
    public void Block(ReadOnlySpan<double> w, int task, int output, double[] block)
    {
        Array.Clear(block);
        losses[task].AddHessian(Part(w, task), output, block);
        var diagonal = coupling.Diagonal(starts[task] / shape.Stride + output, shape.Columns);
        for (var j = 0; j < shape.Features; j++)
            block[j * shape.Stride + j] += diagonal;
    }

    /// <summary>Largest eigenvalue of the Hessian at w, from below, by power iteration.</summary>
    public double Curvature(ReadOnlySpan<double> w)
    {
        const int Rounds = 12;
        var (v, image) = (new double[shape.Length], new double[shape.Length]);
        for (var i = 0; i < v.Length; i++)
            v[i] = 1 + i % 7 * 0.1;
        var largest = 0.0;
        for (var round = 0; round < Rounds; round++)
        {
            TensorPrimitives.Divide(v, TensorPrimitives.Norm<double>(v), v);
            HessianTimes(w, v, image);
            largest = TensorPrimitives.Norm<double>(image);
            if (largest == 0)
                break;
            image.CopyTo(v, 0);
        }

        return largest;
    }

    /// <summary>Σ s·⟨y, y − X·w⟩ over squared losses; NaN when another loss is among them.</summary>
    public double ResidualTimesLabels(ReadOnlySpan<double> w)
    {
        var sum = 0.0;
        for (var task = 0; task < losses.Count; task++)
            sum += losses[task].ResidualTimesLabels(Part(w, task));
        return sum;
    }

    /// <summary>Sets the intercepts that follow from the weights.</summary>
    public void Complete(Span<double> w)
    {
        for (var task = 0; task < losses.Count; task++)
            losses[task].Complete(Part(w, task));
    }

    private ReadOnlySpan<double> Part(ReadOnlySpan<double> w, int task) => w.Slice(starts[task], losses[task].Outputs * shape.Stride);

    private Span<double> Part(Span<double> w, int task) => w.Slice(starts[task], losses[task].Outputs * shape.Stride);

    private static int[] Starts(IReadOnlyList<TaskLoss> losses, LinearShape shape)
    {
        var starts = new int[losses.Count];
        for (var task = 1; task < starts.Length; task++)
            starts[task] = starts[task - 1] + losses[task - 1].Outputs * shape.Stride;
        return starts;
    }
}
