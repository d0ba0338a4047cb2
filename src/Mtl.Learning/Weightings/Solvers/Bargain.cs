namespace Mtl.Learning.Weightings.Solvers;

/// <summary>The <see cref="Bargaining"/> among those tasks whose gradient is not 0; the others' coefficients are 0, and so are all where there is no agreement.</summary>
internal sealed class Bargain(int capacity, double exponent)
{
    private readonly Bargaining solver = new(capacity);
    private readonly double[] gram = new double[capacity * capacity];
    private readonly double[] found = new double[capacity];
    private readonly int[] moving = new int[capacity];

    /// <exception cref="SolverException">See <see cref="Bargaining"/>.</exception>
    public void Solve(GramStep step, Span<double> coefficients)
    {
        coefficients.Clear();
        var count = 0;
        for (var i = 0; i < step.Count; i++)
            if (step[i, i] > 0)
                moving[count++] = i;
        for (var i = 0; i < count; i++)
            for (var j = 0; j < count; j++)
                gram[i * count + j] = step[moving[i], moving[j]];
        if (count == 0 || !solver.Solve(gram.AsSpan(0, count * count), exponent, found.AsSpan(0, count)))
            return;
        for (var i = 0; i < count; i++)
            coefficients[moving[i]] = found[i];
    }
}
