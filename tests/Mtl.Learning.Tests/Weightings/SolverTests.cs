using Mtl.Core.Random;
using Mtl.Learning.Weightings.Solvers;

namespace Mtl.Learning.Tests.Weightings;

public class SolverTests
{
    [Fact]
    public void A_quadratic_program_is_solved_to_its_optimality_conditions()
    {
        for (ulong seed = 0; seed < 200; seed++)
        {
            var n = 1 + (int)(seed % 12);
            var gram = Gram(n, seed % 3 == 0 ? n / 2 + 1 : n + 3, seed);
            double[] mix = [.. Enumerable.Range(0, n).Select(i => new CounterRandom(seed, "mix").Normal((ulong)i))];
            var (b, x, slope) = (new double[n], new double[n], new double[n]);
            SmallMatrix.Multiply(gram, mix, b);

            new NonNegativeQuadratic(12).Solve(gram, b, x);

            SmallMatrix.Multiply(gram, x, slope);
            for (var i = 0; i < n; i++)
            {
                x[i].ShouldBeGreaterThanOrEqualTo(0);
                (slope[i] - b[i]).ShouldBeGreaterThan(-1e-6 * (1 + Math.Abs(b[i])));
                ((slope[i] - b[i]) * x[i]).ShouldBe(0, 1e-5 * (1 + Math.Abs(b[i]) * x[i]));
            }
        }
    }

    [Fact]
    public void Eigenvalues_and_vectors_make_up_the_matrix()
    {
        foreach (var n in new[] { 1, 2, 5, 40 })
        {
            var matrix = Gram(n, n + 2, (ulong)n);
            var eigen = new SymmetricEigen(n);

            eigen.Decompose(matrix, n);

            for (var i = 0; i < n; i++)
                for (var j = 0; j < n; j++)
                {
                    var sum = 0.0;
                    for (var k = 0; k < n; k++)
                        sum += eigen.Vector(i, k) * eigen.Values[k] * eigen.Vector(j, k);
                    sum.ShouldBe(matrix[i * n + j], 1e-9 * n);
                }
        }
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1.0)]
    [InlineData(2.0)]
    [InlineData(0.1)]
    public void A_bargain_satisfies_its_equations(double p)
    {
        for (ulong seed = 0; seed < 100; seed++)
        {
            var n = 2 + (int)(seed % 10);
            var gram = Gram(n, n + 5, seed, seed % 2 == 0 ? 1 : 100);
            var (x, product) = (new double[n], new double[n]);

            new Bargaining(12).Solve(gram, p, x).ShouldBeTrue();

            SmallMatrix.Multiply(gram, x, product);
            for (var i = 0; i < n; i++)
            {
                x[i].ShouldBeGreaterThan(0);
                (product[i] * Math.Pow(x[i], p)).ShouldBe(1, 1e-5);
            }
        }
    }

    [Fact]
    public void The_nearest_point_of_the_simplex_is_found()
    {
        double[] values = [0.5, 0.9, -2];
        Simplex.Project(values, new double[3]);
        values.ShouldBe([0.3, 0.7, 0], 1e-12);

        values = [0.2, 0.3, 0.5];
        Simplex.Project(values, new double[3]);
        values.ShouldBe([0.2, 0.3, 0.5], 1e-12);

        values = [-5, 1e15, 3];
        Simplex.Project(values, new double[3]);
        values.ShouldBe([0, 1, 0], 1e-12);
    }

    [Fact]
    public void A_failure_names_solver_residual_and_tolerance() =>
        new SolverException("The bargaining solution", 0.25, 1e-5, 500).Message.ShouldBe("The bargaining solution stopped after 500 iterations with a residual of 0.25; 1E-05 is allowed.");

    private static double[] Gram(int n, int length, ulong seed, double spread = 1)
    {
        var random = new CounterRandom(seed, "gram");
        double At(int i, int k) => random.Normal((ulong)(i * length + k)) * Math.Pow(spread, i % 3 - 1);
        var gram = new double[n * n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
                for (var k = 0; k < length; k++)
                    gram[i * n + j] += At(i, k) * At(j, k);
        return gram;
    }
}
