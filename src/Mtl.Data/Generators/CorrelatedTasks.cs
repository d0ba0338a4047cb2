using Mtl.Core.Random;
using Mtl.Data.Tables;

namespace Mtl.Data.Generators;

/// <summary>
/// Two regression tasks whose relatedness is set by one number: with u₁, u₂ random orthonormal vectors, w₁ = c·u₁ and w₂ = c·(ρ·u₁ + √(1 − ρ²)·u₂), rows x ~ N(0, I) of d numbers, and
/// <code>yₖ = wₖᵀx + Σᵢ₌₁…ₘ sin(αᵢ·wₖᵀx + βᵢ) + εₖ,   ε ~ N(0, 0.1²),   c = 0.3, m = 5</code>
/// The cosine of the tasks' weights is ρ; the labels' correlation grows with it, to nearly 1 at ρ = 1, and is 0 at ρ = 0. Columns <c>x1</c> … <c>xd</c>, <c>y1</c>, <c>y2</c>.
/// The source leaves α and β open; here αᵢ = i and βᵢ = i², so that the function is the same for every seed.
/// Source: Ma et al., "Modeling Task Relationships in Multi-task Learning with Multi-gate Mixture-of-Experts", KDD 2018, section 4.1.
/// </summary>
public static class CorrelatedTasks
{
    /// <summary>c: the length of the tasks' weights.</summary>
    public const double Scale = 0.3;

    /// <summary>m: how many sines are added.</summary>
    public const int Sines = 5;

    /// <summary>Standard deviation of ε.</summary>
    public const double Noise = 0.1;

    /// <summary>The label of a row without its noise: s + Σ sin(αᵢ·s + βᵢ) for s = wᵀx.</summary>
    public static double Response(double s)
    {
        var sum = s;
        for (var i = 1; i <= Sines; i++)
            sum += Math.Sin((i * s) + (i * i));
        return sum;
    }

    /// <param name="correlation">ρ, from −1 to 1.</param>
    /// <param name="rows">Rows of the table.</param>
    /// <param name="dimensions">d, at least 2.</param>
    /// <param name="seed">Of every random number; inputs and noise do not depend on ρ.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its bounds.</exception>
    public static Table Generate(double correlation, int rows = 10_000, int dimensions = 100, ulong seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Math.Abs(correlation), 1, nameof(correlation));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 2);
        var random = new CounterRandom(seed, "correlated tasks");
        var weights = Weights(correlation, dimensions, random);
        var x = Enumerable.Range(0, dimensions).Select(_ => new float[rows]).ToArray();
        var y = new[] { new float[rows], new float[rows] };
        var (inputs, noise) = (random.Fork("inputs"), random.Fork("noise"));
        for (var row = 0; row < rows; row++)
        {
            var (first, second) = (0.0, 0.0);
            for (var i = 0; i < dimensions; i++)
            {
                var value = inputs.Normal(((ulong)row * (ulong)dimensions) + (ulong)i);
                x[i][row] = (float)value;
                first += weights[0][i] * value;
                second += weights[1][i] * value;
            }

            y[0][row] = (float)(Response(first) + (Noise * noise.Normal(2 * (ulong)row)));
            y[1][row] = (float)(Response(second) + (Noise * noise.Normal((2 * (ulong)row) + 1)));
        }

        return new Table(
        [
            .. x.Select((values, i) => new NumericColumn($"x{i + 1}", values)),
            .. y.Select((values, task) => new NumericColumn($"y{task + 1}", values)),
        ]);
    }

    private static double[][] Weights(double correlation, int dimensions, CounterRandom random)
    {
        double[] Direction(string name) => [.. Enumerable.Range(0, dimensions).Select(i => random.Fork(name).Normal((ulong)i))];
        var first = Normalised(Direction("first direction"));
        var second = Direction("second direction");
        var along = first.Zip(second, (a, b) => a * b).Sum();
        second = Normalised([.. second.Zip(first, (b, a) => b - (along * a))]);
        var across = Math.Sqrt(1 - (correlation * correlation));
        return [[.. first.Select(a => Scale * a)], [.. first.Zip(second, (a, b) => Scale * ((correlation * a) + (across * b)))]];
    }

    private static double[] Normalised(double[] vector)
    {
        var length = Math.Sqrt(vector.Sum(value => value * value));
        return [.. vector.Select(value => value / length)];
    }
}
