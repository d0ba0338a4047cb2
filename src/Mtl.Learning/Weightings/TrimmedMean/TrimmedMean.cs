using System.Numerics;
using System.Runtime.InteropServices;
using Mtl.Core;
using Mtl.Learning.State;

namespace Mtl.Learning.Weightings;

/// <summary>
/// Element by element, the mean of the tasks' gradients without the <c>trim</c> largest and smallest. With n present tasks in a batch at most ⌊(n − 1)/2⌋ are left out at each end.
/// No combination by coefficients: they are reported as 1/(number averaged). Source: Yin et al., "Byzantine-Robust Distributed Learning: Towards Optimal Statistical Rates", ICML 2018.
/// </summary>
public sealed class TrimmedMean : GradientBalancer
{
    private readonly int trim;
    private readonly int[] present;
    private readonly float[] coefficients;
    private readonly Vector<float>[] column;

    private TrimmedMean(int trim, int tasks)
    {
        this.trim = trim;
        (present, coefficients, column) = (new int[tasks], new float[tasks], new Vector<float>[tasks]);
        Array.Fill(coefficients, 1f / (tasks - 2 * trim));
    }

    public override ReadOnlySpan<float> Coefficients => coefficients;

    public override IReadOnlyList<NamedTensor> State => [];

    /// <summary>The balancer, or why there are too few tasks for it.</summary>
    public static Result<Weighting> Make(TrimmedMeanOptions options, int tasks) => tasks > 2 * options.Trim
        ? new TrimmedMean(options.Trim, tasks)
        : Error.Invalid(
            $"Weighting 'trimmed-mean' with trim {options.Trim} needs at least {2 * options.Trim + 1} tasks; there are {tasks}.",
            "Lower trim, or take another balancer.",
            "trim");

    public override void Combine(BalancedStep step, Span<float> combined)
    {
        var count = 0;
        for (var task = 0; task < step.Gradients.Tasks; task++)
            if (step.Present[task])
                present[count++] = task;
        var left = Math.Min(trim, (count - 1) / 2);
        Array.Clear(coefficients);
        for (var i = 0; i < count; i++)
            coefficients[present[i]] = 1f / (count - 2 * left);

        var stride = step.Gradients.Stride;
        var values = column.AsSpan(0, count);
        ref var first = ref MemoryMarshal.GetReference(step.Gradients.Values);
        ref var target = ref MemoryMarshal.GetReference(combined);
        var at = 0;
        for (; at <= combined.Length - Vector<float>.Count; at += Vector<float>.Count)
        {
            for (var i = 0; i < values.Length; i++)
                values[i] = Vector.LoadUnsafe(ref first, (nuint)(present[i] * (long)stride + at));
            Vector.StoreUnsafe(MeanWithoutEnds(values, left), ref target, (nuint)at);
        }

        Span<float> rest = stackalloc float[Vector<float>.Count];
        for (var i = 0; i < values.Length; i++)
        {
            step.Gradients.Row(present[i])[at..].CopyTo(rest);
            values[i] = new Vector<float>(rest);
        }

        MeanWithoutEnds(values, left).CopyTo(rest);
        rest[..(combined.Length - at)].CopyTo(combined[at..]);
    }

    /// <summary>Bubbles the ends out, lane by lane, and averages what is between.</summary>
    private static Vector<float> MeanWithoutEnds(Span<Vector<float>> values, int left)
    {
        for (var turn = 0; turn < left; turn++)
        {
            for (var i = turn; i < values.Length - 1 - turn; i++)
                (values[i], values[i + 1]) = (Vector.Min(values[i], values[i + 1]), Vector.Max(values[i], values[i + 1]));
            for (var i = values.Length - 2 - turn; i > turn; i--)
                (values[i - 1], values[i]) = (Vector.Min(values[i - 1], values[i]), Vector.Max(values[i - 1], values[i]));
        }

        var sum = Vector<float>.Zero;
        foreach (var value in values[left..(values.Length - left)])
            sum += value;
        return sum / (values.Length - 2 * left);
    }
}
