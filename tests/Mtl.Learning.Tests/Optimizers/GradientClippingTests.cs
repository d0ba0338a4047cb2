using Mtl.Learning.Optimizers;

namespace Mtl.Learning.Tests.Optimizers;

public class GradientClippingTests
{
    [Fact]
    public void A_longer_gradient_is_scaled_to_the_bound()
    {
        float[] gradients = [3, 0, 4];

        GradientClipping.ClipByGlobalNorm(gradients, 2.5).ShouldBe(5);

        gradients.Zip([1.5f, 0f, 2f]).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 1e-6);
    }

    [Fact]
    public void A_shorter_gradient_stays_as_it_is()
    {
        float[] gradients = [3, 0, 4];

        GradientClipping.ClipByGlobalNorm(gradients, 5.1).ShouldBe(5);

        gradients.ShouldBe([3f, 0f, 4f]);
    }

    [Fact]
    public void A_gradient_that_is_not_finite_stays_as_it_is()
    {
        float[] gradients = [3, float.NaN];

        GradientClipping.ClipByGlobalNorm(gradients, 1).ShouldBe(double.NaN);

        gradients.ShouldBe([3, float.NaN]);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(40)]
    public void Values_beyond_the_bound_are_cut_off(int repeats)
    {
        float[] gradients = [.. Enumerable.Repeat(new[] { -3f, 0.5f, 2f, float.NaN, 7f }, repeats).SelectMany(part => part)];

        GradientClipping.ClipByValue(gradients, 2);

        gradients.ShouldBe(Enumerable.Repeat(new[] { -2f, 0.5f, 2f, float.NaN, 2f }, repeats).SelectMany(part => part));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(5001)]
    public void The_norm_counts_every_element(int count)
    {
        var gradients = Enumerable.Range(0, count).Select(i => 1 + i % 7f).ToArray();

        GradientClipping.ClipByGlobalNorm(gradients, 1e9).ShouldBe(Math.Sqrt(gradients.Sum(g => (double)g * g)), 1e-6 * count);
    }
}
