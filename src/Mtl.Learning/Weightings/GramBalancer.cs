using Mtl.Learning.State;

namespace Mtl.Learning.Weightings;

/// <summary>
/// A balancer that needs the gradients' inner products G = J·Jᵀ only: what it combines is Σ cₜgₜ with coefficients found from G. The parameters' length is passed over twice, for G and for the sum,
/// whatever the method; the method sees the present tasks only.
/// </summary>
public abstract class GramBalancer : GradientBalancer
{
    private readonly double[] gram;
    private readonly double[] weights;
    private readonly int[] present;
    private readonly float[] coefficients;

    protected GramBalancer(int tasks)
    {
        gram = new double[tasks * tasks];
        weights = new double[tasks];
        present = new int[tasks];
        Array.Fill(coefficients = new float[tasks], 1);
    }

    public sealed override ReadOnlySpan<float> Coefficients => coefficients;

    public override IReadOnlyList<NamedTensor> State => [];

    public sealed override void Combine(BalancedStep step, Span<float> combined)
    {
        var tasks = step.Gradients.Tasks;
        step.Gradients.Gram(gram);
        var count = 0;
        for (var task = 0; task < tasks; task++)
            if (step.Present[task])
                present[count++] = task;
        var finite = true;
        for (var i = 0; i < count; i++)
            for (var j = 0; j < count; j++)
                finite &= double.IsFinite(gram[i * count + j] = gram[present[i] * tasks + present[j]]);

        Array.Clear(coefficients);
        var found = weights.AsSpan(0, count);
        found.Clear();
        if (finite && count > 0)
            Weigh(new GramStep(gram.AsSpan(0, count * count), present.AsSpan(0, count), step), found);
        else
            found.Fill(double.NaN);
        for (var i = 0; i < count; i++)
            coefficients[present[i]] = (float)found[i];
        step.Gradients.Combine(coefficients, combined);
    }

    /// <summary>Finds the coefficients.</summary>
    /// <param name="step">The step as the present tasks see it; every number in it is finite. G may be overwritten.</param>
    /// <param name="coefficients">cₜ of the present tasks; zeros to begin with.</param>
    protected internal abstract void Weigh(GramStep step, Span<double> coefficients);
}

/// <summary>A step as its present tasks see it. Index i is the i-th present task.</summary>
/// <param name="gram">G, [count·count].</param>
/// <param name="tasks">The tasks' places among all tasks, rising.</param>
/// <param name="step">The whole step.</param>
public readonly ref struct GramStep(Span<double> gram, ReadOnlySpan<int> tasks, BalancedStep step)
{
    private readonly BalancedStep step = step;

    public Span<double> Gram { get; } = gram;

    public ReadOnlySpan<int> Tasks { get; } = tasks;

    public int Count => Tasks.Length;

    public long Step => step.Step;

    public int Epoch => step.Epoch;

    /// <summary>gᵢ·gⱼ.</summary>
    public double this[int i, int j] => Gram[i * Tasks.Length + j];

    public float Loss(int i) => step.Losses[Tasks[i]];
}
