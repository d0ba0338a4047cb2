using Mtl.Learning.Weightings;

namespace Mtl.Learning.Tests.Weightings;

/// <summary>What the balancers' papers prove, on random and degenerate matrices: a row per balancer and property.</summary>
public class BalancerPropertyTests
{
    private const double Tolerance = 2e-5;

    /// <summary>d conflicts with no task: gₜ·d ≥ 0.</summary>
    private static readonly Property NoConflict = new((rows, result) =>
    {
        foreach (var row in rows)
            (Balancers.Dot(row, result.Combined) / (Balancers.Norm(row) * result.Size + 1e-300)).ShouldBeGreaterThan(-Tolerance);
    });

    /// <summary>The least norm of the convex hull: λ on the simplex, gₜ·d ≥ ‖d‖² with equality where λₜ > 0.</summary>
    private static readonly Property LeastNorm = new((rows, result) =>
    {
        var square = Balancers.Dot(result.Combined, result.Combined);
        result.Coefficients.Sum().ShouldBe(1, 1e-5);
        foreach (var (row, coefficient) in rows.Zip(result.Coefficients))
        {
            coefficient.ShouldBeGreaterThanOrEqualTo(0);
            var slack = (Balancers.Dot(row, result.Combined) - square) / (Balancers.Norm(row) * result.Size + 1e-300);
            slack.ShouldBeGreaterThan(-Tolerance);
            (coefficient * Balancers.Norm(row) * slack / (result.Size + 1e-300)).ShouldBe(0, Tolerance);
        }
    });

    /// <summary>d is the projection of the mean onto {d : Jd ≥ 0}: Jd ≥ 0, the added multiples are at least 0, and only those of tasks with gₜ·d = 0 are above.</summary>
    private static readonly Property Projection = new((rows, result) =>
    {
        foreach (var (row, coefficient) in rows.Zip(result.Coefficients))
        {
            var added = coefficient - 1.0 / rows.Length;
            added.ShouldBeGreaterThan(-1e-6);
            var along = Balancers.Dot(row, result.Combined) / (Balancers.Norm(row) * result.Size + 1e-300);
            along.ShouldBeGreaterThan(-Tolerance);
            (added * Balancers.Norm(row) * along / (result.Size + 1e-300)).ShouldBe(0, Tolerance);
        }
    });

    /// <summary>The same length along every gradient: d·gₜ/‖gₜ‖.</summary>
    private static readonly Property EqualProjections = new((rows, result) =>
    {
        double[] along = [.. rows.Select(row => Balancers.Dot(row, result.Combined) / Balancers.Norm(row))];
        foreach (var length in along)
            length.ShouldBe(along[0], 20 * Tolerance * result.Size);
    });

    /// <summary>Nash's solution: xₜ(Gx)ₜ is the same for all tasks.</summary>
    private static readonly Property EqualShares = new((rows, result) =>
    {
        double[] shares = [.. rows.Zip(result.Coefficients, (row, coefficient) => coefficient * Balancers.Dot(row, result.Combined))];
        foreach (var share in shares)
            share.ShouldBe(shares[0], 1e-3 * Math.Abs(shares[0]));
    });

    /// <summary>CAGrad's optimum: within the ball, and minₜ gₜ·d reaches the dual objective g_w·g₀ + c‖g₀‖‖g_w‖, which bounds it from above for every w.</summary>
    private static readonly Property ConflictAverse = new((rows, result) =>
    {
        var mean = Enumerable.Range(0, rows[0].Length).Select(i => rows.Average(row => row[i])).ToArray();
        var radius = 0.5 * Balancers.Norm(mean);
        var step = result.Combined.Zip(mean, (d, g) => d - g).ToArray();
        Balancers.Norm(step).ShouldBe(radius, 1e-3 * radius);
        var worst = rows.Min(row => Balancers.Dot(row, result.Combined));
        var sum = result.Coefficients.Sum(coefficient => coefficient - 1f / rows.Length);
        float[] mixed = [.. step.Select(value => value / sum)];
        var bound = Balancers.Dot(mixed, mean) + radius * Balancers.Norm(mixed);
        worst.ShouldBe(bound, 1e-3 * rows.Max(Balancers.Norm) * Balancers.Norm(result.Combined));
    });

    private static readonly (string Key, string Options, Property Property, Matrices On)[] Proven =
    [
        ("mgda", "{}", NoConflict, Matrices.All),
        ("mgda", "{}", LeastNorm, Matrices.All),
        ("upgrad", """{"regularization":0}""", NoConflict, Matrices.All),
        ("dualproj", """{"regularization":0}""", NoConflict, Matrices.All),
        ("dualproj", """{"regularization":0}""", Projection, Matrices.Regular),
        ("nash-mtl", """{"maxNorm":0}""", NoConflict, Matrices.All),
        ("nash-mtl", """{"maxNorm":0}""", EqualShares, Matrices.Regular | Matrices.Scaled),
        ("fairgrad", """{"alpha":2}""", NoConflict, Matrices.All),
        ("fairgrad", """{"alpha":0.5}""", NoConflict, Matrices.Regular),
        ("imtl", """{"scaleLosses":false}""", EqualProjections, Matrices.Independent),
        ("config", "{}", EqualProjections, Matrices.Independent),
        ("config", "{}", NoConflict, Matrices.Independent),
        ("cagrad", """{"c":0.5}""", ConflictAverse, Matrices.Regular),
        ("cagrad", """{"c":1.5}""", NoConflict, Matrices.Regular),
        ("pcgrad", "{}", NoConflict, Matrices.Pairs),
    ];

    /// <summary>Balancers whose result only grows with a common factor of all gradients.</summary>
    private static readonly string[] Homogeneous = ["mgda", "upgrad", "dualproj", "cagrad", "pcgrad", "gradvac", "graddrop", "config", "aligned-mtl", "imtl", "krum", "trimmed-mean", "cr-mogm", "gradnorm"];

    /// <summary>Balancers that give the same result however each task's gradient is scaled, the last two up to a factor.</summary>
    private static readonly (string Key, string Options, bool OnlyDirection)[] ScaleInvariant =
        [("nash-mtl", "{}", false), ("imtl", """{"scaleLosses":false}""", true), ("config", "{}", true)];

    private static readonly string[] Equivariant =
        ["mgda", "upgrad", "dualproj", "cagrad", "nash-mtl", "fairgrad", "config", "aligned-mtl", "imtl", "trimmed-mean", "krum", "cr-mogm", "gradnorm", "moco", "db-mtl", "excess-mtl", "modo", "sdmgrad", "auto-lambda", "moml", "forum", "graddrop"];

    private static readonly Lazy<(string Name, Matrices Kind, float[][] Rows)[]> Cases = new(MakeCases);

    [Flags]
    private enum Matrices
    {
        /// <summary>Two tasks.</summary>
        Pairs = 1,

        /// <summary>Linearly independent, of one size.</summary>
        Independent = 2,

        /// <summary>More tasks than elements, but not Pareto-stationary.</summary>
        Dependent = 4,

        Regular = Independent | Dependent,

        /// <summary>Independent, of sizes from 1e-15 to 1e15.</summary>
        Scaled = 8,

        Degenerate = 16,

        All = Pairs | Regular | Scaled | Degenerate,
    }

    public static TheoryData<int> ProvenRows => [.. Enumerable.Range(0, Proven.Length)];

    public static TheoryData<string> AllBalancers => [.. WeightingTable.Methods.Infos.Select(info => info.Key).Where(key => Balancers.Make(key, 4) is GradientBalancer)];

    public static TheoryData<string> HomogeneousRows => [.. Homogeneous];

    public static TheoryData<int> ScaleInvariantRows => [.. Enumerable.Range(0, ScaleInvariant.Length)];

    public static TheoryData<string> EquivariantRows => [.. Equivariant];

    [Theory]
    [MemberData(nameof(ProvenRows))]
    public void What_is_proven_holds(int row)
    {
        var (key, options, property, on) = Proven[row];
        foreach (var (name, _, rows) in Cases.Value.Where(matrix => on.HasFlag(matrix.Kind) || (on == Matrices.Pairs && matrix.Rows.Length == 2)))
        {
            var balancer = (GradientBalancer)Balancers.Make(key, rows.Length, options);
            var combined = Balancers.Combine(balancer, rows);
            var coefficients = balancer.Coefficients.ToArray();
            var size = coefficients.Zip(rows, (coefficient, row) => Math.Abs(coefficient) * Balancers.Norm(row)).Sum();
            try
            {
                property.Check(rows, new Result(combined, coefficients, size));
            }
            catch (ShouldAssertException failure)
            {
                Assert.Fail($"{key} {options} on {name}: {failure.Message}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(AllBalancers))]
    public void No_matrix_leads_to_anything_but_numbers(string key)
    {
        foreach (var (name, _, rows) in Cases.Value.Where(matrix => matrix.Rows.Length > 2 || key is not ("krum" or "trimmed-mean")))
        {
            var balancer = (GradientBalancer)Balancers.Make(key, rows.Length);
            for (var step = 1; step <= (rows[0].Length > 10_000 ? 1 : 3); step++)
            {
                Balancers.Combine(balancer, rows, step, epoch: step).ShouldAllBe(value => float.IsFinite(value), $"{key} on {name}");
                balancer.Coefficients.ToArray().ShouldAllBe(value => float.IsFinite(value), $"{key} on {name}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(AllBalancers))]
    public void A_gradient_that_is_no_number_is_not_hidden(string key)
    {
        var rows = Balancers.Rows(4, 30, 1);
        rows[2][7] = float.NaN;

        Balancers.Combine(key, rows).ShouldContain(value => !float.IsFinite(value));
    }

    [Theory]
    [MemberData(nameof(HomogeneousRows))]
    public void A_common_factor_of_the_gradients_is_one_of_the_result(string key)
    {
        foreach (var rows in new[] { Balancers.Rows(4, 30, 1), Balancers.Rows(5, 200, 2, -1) })
        {
            var expected = Balancers.Combine(key, rows);
            var actual = Balancers.Combine(key, Balancers.Scale(rows, _ => 1024));
            var size = Balancers.Norm(expected);
            actual.Zip(expected).ShouldAllBe(pair => Math.Abs(pair.First / 1024 - pair.Second) <= 1e-4 * size, key);
        }
    }

    [Theory]
    [MemberData(nameof(ScaleInvariantRows))]
    public void The_sizes_of_the_gradients_do_not_matter(int row)
    {
        var (key, options, onlyDirection) = ScaleInvariant[row];
        foreach (var rows in new[] { Balancers.Rows(3, 30, 1), Balancers.Rows(6, 200, 2, 0.5) })
        {
            var expected = Balancers.Combine(key, rows, options);
            var actual = Balancers.Combine(key, Balancers.Scale(rows, task => MathF.Pow(10, 3 * task - 6)), options);
            var (expectedNorm, actualNorm) = (Balancers.Norm(expected), Balancers.Norm(actual));
            if (!onlyDirection)
                actualNorm.ShouldBe(expectedNorm, 1e-4 * expectedNorm);
            (Balancers.Dot(expected, actual) / expectedNorm / actualNorm).ShouldBe(1, 1e-4, key);
        }
    }

    [Theory]
    [MemberData(nameof(EquivariantRows))]
    public void The_order_of_the_tasks_does_not_matter(string key)
    {
        int[] order = [2, 0, 3, 1];
        foreach (var rows in new[] { Balancers.Rows(4, 30, 3), Balancers.Rows(4, 100, 4, -1), Balancers.Scale(Balancers.Rows(4, 50, 5), task => 1 + 9 * task) })
        {
            var expected = Balancers.Combine(key, rows);
            var actual = Balancers.Combine(key, [.. order.Select(task => rows[task])]);
            var size = rows.Max(Balancers.Norm);
            actual.Zip(expected).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) <= 1e-4 * size, key);
        }
    }

    [Theory]
    [InlineData("mgda", 0, 0)]
    [InlineData("nash-mtl", 0, 0)]
    [InlineData("fairgrad", 0, 0)]
    [InlineData("imtl", 0, 0)]
    [InlineData("config", 0, 0)]
    [InlineData("upgrad", 0, 0)]
    [InlineData("dualproj", 0, 0)]
    [InlineData("pcgrad", 0, 0)]
    [InlineData("aligned-mtl", 0, 0)]
    public void Opposite_gradients_give_nothing(string key, double first, double second) =>
        Balancers.Combine(key, [[1, -2], [-1, 2]]).Select(value => (double)value).ShouldBe([first, second], 1e-6);

    [Theory]
    [InlineData("mgda", 1)]
    [InlineData("imtl", 1)]
    [InlineData("cagrad", 1.5)]
    [InlineData("upgrad", 1)]
    [InlineData("dualproj", 1)]
    [InlineData("aligned-mtl", 1)]
    [InlineData("krum", 1)]
    [InlineData("trimmed-mean", 1)]
    [InlineData("config", 3)]
    [InlineData("pcgrad", 3)]
    [InlineData("graddrop", 3)]
    [InlineData("gradnorm", 3)]
    public void Equal_gradients_give_a_multiple_of_them(string key, double multiple) =>
        Balancers.Combine(key, [[1, -2], [1, -2], [1, -2]]).Select(value => (double)value).ShouldBe([multiple, -2 * multiple], 1e-5);

    [Theory]
    [InlineData("mgda", 0)]
    [InlineData("nash-mtl", 1 / 2.2360679775)]
    [InlineData("fairgrad", 1 / 2.2360679775)]
    [InlineData("imtl", 1)]
    [InlineData("config", 1)]
    [InlineData("pcgrad", 1)]
    [InlineData("graddrop", 1)]
    [InlineData("upgrad", 0.5)]
    [InlineData("dualproj", 0.5)]
    [InlineData("aligned-mtl", 0.5)]
    public void Beside_a_gradient_of_zero_the_other_one_counts_as_documented(string key, double multiple) =>
        Balancers.Combine(key, [[1, -2], [0, 0]]).Select(value => (double)value).ShouldBe([multiple, -2 * multiple], 1e-5);

    [Theory]
    [MemberData(nameof(AllBalancers))]
    public void Gradients_of_zero_give_zero(string key) => Balancers.Combine(key, [[0, 0], [0, 0], [0, 0], [0, 0]]).ShouldBe([0f, 0f]);

    [Theory]
    [MemberData(nameof(AllBalancers))]
    public void An_absent_task_has_no_say(string key)
    {
        var rows = Balancers.Rows(4, 20, 6, -1);
        var balancer = (GradientBalancer)Balancers.Make(key, 4);
        var combined = Balancers.Combine(balancer, [rows[0], rows[1], rows[2], new float[20]], losses: [1, 2, 3, float.NaN], present: [true, true, true, false]);
        var other = Balancers.Combine((GradientBalancer)Balancers.Make(key, 4), [rows[0], rows[1], rows[2], rows[3]], losses: [1, 2, 3, 4], present: [true, true, true, false]);

        combined.ShouldAllBe(value => float.IsFinite(value));
        if (!balancer.Probes)
            combined.ShouldBe(other);
        if (key is not ("moco" or "forum" or "moml" or "graddrop"))
            balancer.Coefficients[3].ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(AllBalancers))]
    public void A_step_allocates_nothing(string key)
    {
        var rows = Balancers.Rows(4, 3000, 1, -1);
        var values = rows.SelectMany(row => row).ToArray();
        var combined = new float[3000];
        bool[] present = [true, true, true, true];
        float[] losses = [1, 2, 3, 4];
        var balancer = (GradientBalancer)Balancers.Make(key, 4);
        Assert.SkipWhen(balancer.Probes, "What it probes allocates nothing in training, but in this test.");
        balancer.Allocate(3000);
        void Run(int step) => balancer.Combine(new BalancedStep(new GradientMatrix(values, 4, 3000, 3000), losses, present, step, 2), combined);
        Run(1);
        Run(2);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var step = 3; step < 20; step++)
            Run(step);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static (string Name, Matrices Kind, float[][] Rows)[] MakeCases()
    {
        List<(string, Matrices, float[][])> cases = [];
        for (ulong seed = 0; seed < 20; seed++)
        {
            cases.Add(($"2×3 #{seed}", Matrices.Independent, Balancers.Rows(2, 3, seed)));
            cases.Add(($"4×50 #{seed}", Matrices.Independent, Balancers.Rows(4, 50, seed, seed / 5.0 - 2)));
        }

        cases.Add(("8×1000", Matrices.Independent, Balancers.Rows(8, 1000, 1, -0.5)));
        cases.Add(("40×100000", Matrices.Independent, Balancers.Rows(40, 100_000, 1, -0.05)));
        cases.Add(("40×100000 alike", Matrices.Independent, Balancers.Rows(40, 100_000, 2, 1)));
        cases.Add(("5×3", Matrices.Dependent, [[1, 2, 3], [1, 3, 1], [2, -1, 1], [-1, 1, 2], [3, 1, -1]]));
        cases.Add(("3×2", Matrices.Dependent, [[1, 2], [-1, 3], [0, 1]]));
        cases.Add(("4×50 scaled", Matrices.Scaled, Balancers.Scale(Balancers.Rows(4, 50, 7), task => task % 2 == 0 ? 1e15f : 1e-15f)));
        cases.Add(("2×3 scaled", Matrices.Scaled, Balancers.Scale(Balancers.Rows(2, 3, 8), task => task % 2 == 0 ? 1e-15f : 1e15f)));
        var rows = Balancers.Rows(3, 20, 9);
        float[] zero = new float[20];
        cases.Add(("a zero", Matrices.Degenerate, [rows[0], zero, rows[1]]));
        cases.Add(("all zero", Matrices.Degenerate, [zero, zero, zero]));
        cases.Add(("equal", Matrices.Degenerate, [rows[0], rows[0], rows[0]]));
        cases.Add(("two equal", Matrices.Degenerate, [rows[0], rows[1], rows[0]]));
        cases.Add(("opposite", Matrices.Degenerate, [rows[0], [.. rows[0].Select(value => -value)], rows[1]]));
        cases.Add(("opposite pair", Matrices.Degenerate, [rows[0], [.. rows[0].Select(value => -value)]]));
        cases.Add(("rank 1", Matrices.Degenerate, [.. new[] { 1f, 2f, 0.5f, 3f }.Select(factor => rows[2].Select(value => factor * value).ToArray())]));
        cases.Add(("rank 1, both ways", Matrices.Degenerate, [.. new[] { 1f, -2f, 0.5f, 3f }.Select(factor => rows[2].Select(value => factor * value).ToArray())]));
        cases.Add(("40×3", Matrices.Degenerate, Balancers.Rows(40, 3, 10)));
        cases.Add(("139×30", Matrices.Degenerate, Balancers.Rows(139, 30, 11)));
        cases.Add(("tiny", Matrices.Degenerate, Balancers.Scale(rows, _ => 1e-18f)));
        return [.. cases];
    }

    private sealed record Property(Action<float[][], Result> Check);

    /// <summary>What a balancer gave, and Σ|cₜ|‖gₜ‖, the size that rounding is relative to.</summary>
    private sealed record Result(float[] Combined, float[] Coefficients, double Size);
}
