using Mtl.Learning.Vectors;

namespace Mtl.Learning.Tests.Vectors;

/// <summary>eˣ of lanes against the C library's.</summary>
public sealed class ExponentialTests
{
    [Fact]
    public void It_is_the_exponential_to_two_units_in_the_last_place()
    {
        double[] values = [0, -1e-300, -1e-9, -0.34657359027997, -0.34657359027998, -1, -20.5, -300, -707.9, .. Enumerable.Range(0, 20_000).Select(i => -708 * Math.Pow(i / 20_000.0, 3))];

        foreach (var x in values)
        {
            var expected = Math.Exp(x);
            Math.Abs(Narrow(x) - expected).ShouldBeLessThanOrEqualTo(2 * (Math.BitIncrement(expected) - expected), $"x = {x:R}");
            Wide(x).ShouldBe(Narrow(x), $"x = {x:R}");
        }
    }

    [Theory]
    [InlineData(-708.5, 0)]
    [InlineData(-1e9, 0)]
    [InlineData(double.NegativeInfinity, 0)]
    [InlineData(double.NaN, double.NaN)]
    public void Below_its_least_argument_it_is_zero_and_no_number_stays_none(double x, double expected) => (Narrow(x), Wide(x)).ShouldBe((expected, expected));

    private static double Narrow(double x) => First(Exponential.Of(DoubleLanes4.All(x)));

    private static double Wide(double x) => First(Exponential.Of(DoubleLanes8.All(x)));

    /// <summary>All lanes are alike, and their number is a power of two, so this is exact.</summary>
    private static double First<TLanes>(TLanes value)
        where TLanes : struct, IDoubleLanes<TLanes> => value.Sum() / TLanes.Count;
}
