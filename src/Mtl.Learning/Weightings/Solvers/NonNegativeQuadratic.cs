using Mtl.Learning.Algebra;

namespace Mtl.Learning.Weightings.Solvers;

/// <summary>
/// Minimises ½xᵀQx − bᵀx over x ≥ 0 for positive semidefinite Q and b in Q's range, by the active-set method of Lawson and Hanson ("Solving Least Squares Problems", 1974) on the normal equations:
/// exact but for rounding. The variables are scaled to Qᵢᵢ = 1 first, so that rows of very different size do not lose each other's digits. A variable with Qᵢᵢ = 0 stays 0.
/// </summary>
/// <param name="capacity">The largest n.</param>
internal sealed class NonNegativeQuadratic(int capacity)
{
    /// <summary>Largest violation of the optimality conditions, relative to the largest scaled bᵢ: what float inner products of dependent gradients, no longer positive semidefinite, may lead to.</summary>
    public const double Tolerance = 1e-5;

    private const double Enters = 1e-13;
    private const double SmallestPivot = 1e-13;

    private readonly double[] scaled = new double[capacity * capacity];
    private readonly double[] target = new double[capacity];
    private readonly double[] scale = new double[capacity];
    private readonly double[] factor = new double[capacity * capacity];
    private readonly double[] solution = new double[capacity];
    private readonly double[] slope = new double[capacity];
    private readonly int[] passive = new int[capacity];
    private readonly bool[] isPassive = new bool[capacity];
    private readonly bool[] isBarred = new bool[capacity];

    /// <param name="q">Q, [n·n].</param>
    /// <param name="b">[n].</param>
    /// <param name="x">[n], overwritten.</param>
    /// <exception cref="SolverException">The optimality conditions are violated by more than <see cref="Tolerance"/>.</exception>
    public void Solve(ReadOnlySpan<double> q, ReadOnlySpan<double> b, Span<double> x)
    {
        var n = b.Length;
        x.Clear();
        var largest = Scale(q, b);
        if (!(largest > 0))
            return;

        isPassive.AsSpan(0, n).Clear();
        isBarred.AsSpan(0, n).Clear();
        var limit = 30 * n + 30;
        var (passives, rounds) = (0, 0);
        for (; rounds < limit; rounds++)
        {
            Slopes(x);
            var entering = Steepest(n);
            if (entering < 0)
                break;
            passive[passives] = entering;
            if (!Enter(n, passives))
            {
                // Its column depends on the passive ones within rounding: nothing to gain by it.
                isBarred[entering] = true;
                continue;
            }

            isPassive[entering] = true;
            passives++;
            isBarred.AsSpan(0, n).Clear();
            passives = MoveInside(n, passives, x, ref rounds);
        }

        Slopes(x);
        var residual = Residual(n);
        if (!(residual <= Tolerance))
            throw new SolverException("The quadratic program over non-negative weights", residual, Tolerance, rounds);
        for (var i = 0; i < n; i++)
            x[i] *= scale[i] * largest;
    }

    /// <summary>Fills the scaled Q and b, the latter to a largest entry of ±1, and gives b's factor.</summary>
    private double Scale(ReadOnlySpan<double> q, ReadOnlySpan<double> b)
    {
        var n = b.Length;
        var largest = 0.0;
        for (var i = 0; i < n; i++)
        {
            scale[i] = q[i * n + i] > 0 ? 1 / Math.Sqrt(q[i * n + i]) : 0;
            target[i] = b[i] * scale[i];
            largest = Math.Max(largest, Math.Abs(target[i]));
        }

        for (var i = 0; i < n; i++)
        {
            if (largest > 0)
                target[i] /= largest;
            for (var j = 0; j < n; j++)
                scaled[i * n + j] = i == j && scale[i] > 0 ? 1 : q[i * n + j] * scale[i] * scale[j];
        }

        return largest;
    }

    private void Slopes(ReadOnlySpan<double> x)
    {
        SmallMatrix.Multiply(scaled, x, slope);
        for (var i = 0; i < x.Length; i++)
            slope[i] = target[i] - slope[i];
    }

    private int Steepest(int n)
    {
        var (best, steepest) = (-1, Enters);
        for (var i = 0; i < n; i++)
            if (!isPassive[i] && !isBarred[i] && scale[i] > 0 && slope[i] > steepest)
                (best, steepest) = (i, slope[i]);
        return best;
    }

    /// <summary>Whether the variable at the end of the passive ones can join them and would become positive.</summary>
    private bool Enter(int n, int place)
    {
        if (!Append(n, place))
            return false;
        Solve(n, place + 1);
        return solution[place] > 0;
    }

    /// <summary>Factors the row of the passive variable at a place, those before it being factored.</summary>
    private bool Append(int n, int place)
    {
        for (var j = 0; j <= place; j++)
            factor[place * n + j] = scaled[passive[place] * n + passive[j]];
        return Cholesky.Append(factor, place, n, SmallestPivot);
    }

    private bool Refactor(int n, int passives)
    {
        for (var place = 0; place < passives; place++)
            if (!Append(n, place))
                return false;
        return true;
    }

    /// <summary>The unconstrained minimum over the passive variables.</summary>
    private void Solve(int n, int passives)
    {
        for (var i = 0; i < passives; i++)
            solution[i] = target[passive[i]];
        Cholesky.Solve(factor, n, solution.AsSpan(0, passives));
    }

    /// <summary>Moves x to the passive variables' minimum, and where one of them would become negative, frees it from the passive set on the way.</summary>
    private int MoveInside(int n, int passives, Span<double> x, ref int rounds)
    {
        while (true)
        {
            var (reach, blocking) = (1.0, -1);
            for (var i = 0; i < passives; i++)
                if (!(solution[i] > 0) && x[passive[i]] / (x[passive[i]] - solution[i]) is var limit && limit <= reach)
                    (reach, blocking) = (limit, i);
            if (blocking < 0)
            {
                for (var i = 0; i < passives; i++)
                    x[passive[i]] = solution[i];
                return passives;
            }

            var kept = 0;
            for (var i = 0; i < passives; i++)
            {
                var at = passive[i];
                x[at] += reach * (solution[i] - x[at]);
                if (i != blocking && (solution[i] > 0 || x[at] > Enters))
                {
                    passive[kept++] = at;
                    continue;
                }

                (x[at], isPassive[at]) = (0, false);
            }

            rounds++;
            passives = kept;
            if (!Refactor(n, passives))
                return passives;
            Solve(n, passives);
        }
    }

    private double Residual(int n)
    {
        var residual = 0.0;
        for (var i = 0; i < n; i++)
            if (scale[i] > 0)
                residual = Math.Max(residual, isPassive[i] ? Math.Abs(slope[i]) : slope[i]);
        return residual;
    }
}
