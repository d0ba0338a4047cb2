using Mtl.Core.Random;

namespace Mtl.Core.Tests.Random;

public sealed class CounterRandomTests
{
    private static readonly CounterRandom Source = new(42, "test");

    [Fact]
    public void The_same_seed_purpose_and_index_give_the_same_number()
    {
        var again = new CounterRandom(42, "test");

        again.UInt(7).ShouldBe(Source.UInt(7));
        again.Fork(3).Fork("layer").Normal(9).ShouldBe(Source.Fork(3).Fork("layer").Normal(9));
    }

    [Fact]
    public void Numbers_never_change_between_versions()
    {
        new CounterRandom(1, 2).UInt(0).ShouldBe(Philox4x32.Block(0, 0, 2, 0, 1, 0).W0);
        new CounterRandom(1, "split").Stream.ShouldBe(0xB333E2FE83D5B8EF);
        new CounterRandom(1, "split").Permutation(8).ShouldBe([7, 2, 3, 5, 1, 4, 0, 6]);
    }

    [Fact]
    public void Seeds_purposes_and_forks_are_told_apart()
    {
        CounterRandom[] sources =
        [
            Source, new(43, "test"), new(42, "text"), Source.Fork(0), Source.Fork(1), Source.Fork(0).Fork(1), Source.Fork(1).Fork(0), Source.Fork("a"),
        ];

        sources.Select(source => source.ULong(0)).Distinct().Count().ShouldBe(sources.Length);
    }

    [Fact]
    public void Filled_numbers_are_those_drawn_one_by_one()
    {
        var uniform = new float[1000];
        var normal = new float[100];
        var mask = new float[1000];
        Source.FillUniform(uniform, block: 5);
        Source.FillNormal(normal, mean: 1, deviation: 2, start: 5);
        Source.FillMask(mask, probability: 0.8, kept: 1.25f, block: 5);

        for (ulong i = 0; i < 1000; i++)
        {
            uniform[i].ShouldBe(Source.Float(20 + i));
            mask[i].ShouldBe(Source.UInt(20 + i) < (uint)(0.8 * 4294967296.0) ? 1.25f : 0);
        }

        for (ulong i = 0; i < 100; i++)
            normal[i].ShouldBe((float)(1 + (2 * Source.Normal(5 + i))));
    }

    [Fact]
    public void Uniform_and_normal_numbers_have_their_moments()
    {
        const int N = 200_000;
        var uniform = new float[N];
        var normal = new float[N];
        Source.FillUniform(uniform, -1, 3);
        Source.FillNormal(normal);

        uniform.Average(x => (double)x).ShouldBe(1, 0.02);
        uniform.Min().ShouldBeGreaterThanOrEqualTo(-1);
        uniform.Max().ShouldBeLessThan(3);
        normal.Average(x => (double)x).ShouldBe(0, 0.01);
        normal.Average(x => (double)x * x).ShouldBe(1, 0.02);
        normal.Average(x => (double)x * x * x * x).ShouldBe(3, 0.1);
    }

    [Fact]
    public void Masks_keep_their_share_and_their_bounds()
    {
        var mask = new float[100_000];
        Source.FillMask(mask, 0.3, 1);
        mask.Average(x => (double)x).ShouldBe(0.3, 0.01);

        Source.FillMask(mask, 1, 2);
        mask.ShouldAllBe(x => x == 2);

        Source.FillMask(mask, 0, 2);
        mask.ShouldAllBe(x => x == 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(1000)]
    public void Bounded_integers_are_equally_likely(int bound)
    {
        var draws = 1000 * bound;
        var counts = new int[bound];
        for (var i = 0; i < draws; i++)
            counts[Source.Below(bound, (ulong)i)]++;

        // Pearson's statistic has mean bound − 1 and variance 2(bound − 1); five deviations are allowed.
        var statistic = counts.Sum(count => (count - 1000.0) * (count - 1000.0) / 1000);
        statistic.ShouldBeLessThanOrEqualTo(bound - 1 + (5 * Math.Sqrt(2 * (bound - 1))));
    }

    [Fact]
    public void The_largest_bound_draws_from_both_halves()
    {
        var draws = Enumerable.Range(0, 1000).Select(i => Source.Below(int.MaxValue, (ulong)i)).ToArray();

        draws.ShouldAllBe(x => x >= 0);
        draws.Count(x => x > int.MaxValue / 2).ShouldBeInRange(400, 600);
    }

    [Fact]
    public void A_permutation_holds_every_index_once()
    {
        Source.Permutation(1000).Order().ShouldBe(Enumerable.Range(0, 1000));
        Source.Permutation(0).ShouldBeEmpty();
        Source.Permutation(1000).ShouldNotBe(Source.Fork(1).Permutation(1000));
    }

    [Fact]
    public void Every_order_of_four_is_equally_likely()
    {
        var counts = Enumerable.Range(0, 24_000)
            .Select(i => string.Concat(Source.Fork((ulong)i).Permutation(4)))
            .CountBy(order => order)
            .Select(order => order.Value)
            .ToArray();

        counts.Length.ShouldBe(24);
        counts.Sum(count => (count - 1000.0) * (count - 1000.0) / 1000).ShouldBeLessThan(23 + (5 * Math.Sqrt(46)));
    }

    [Fact]
    public void A_bound_below_one_is_refused() => Should.Throw<ArgumentOutOfRangeException>(() => Source.Below(0, 0));
}
