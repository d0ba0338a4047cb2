namespace Mtl.Learning.Tests.Weightings;

/// <summary>The values that TorchJD publishes for J = [[−4, 1, 1], [6, 1, 1]].</summary>
public class PublishedValuesTests
{
    [Theory]
    [InlineData("upgrad", "{}", 0.2929, 1.9004, 1.9004)]
    [InlineData("mgda", "{}", 0, 1, 1)]
    [InlineData("pcgrad", "{}", 0.5848, 3.8012, 3.8012)]
    [InlineData("imtl", """{"scaleLosses":false}""", 0.0767, 1, 1)]
    [InlineData("imtl", "{}", 0.0767, 1, 1)]
    [InlineData("cagrad", """{"c":0.5}""", 0.1835, 1.2041, 1.2041)]
    [InlineData("nash-mtl", "{}", 0.0542, 0.7061, 0.7061)]
    [InlineData("fairgrad", """{"alpha":1}""", 0.0766, 0.9985, 0.9985)]
    [InlineData("aligned-mtl", "{}", 0.2133, 0.9673, 0.9673)]
    [InlineData("config", "{}", 0.1588, 2.0706, 2.0706)]
    [InlineData("dualproj", "{}", 0.5563, 1.1109, 1.1109)]
    public void A_balancers_published_value_is_met(string key, string options, double first, double second, double third) =>
        Balancers.Combine(key, [[-4, 1, 1], [6, 1, 1]], options).Select(value => (double)value).ShouldBe([first, second, third], 1e-4);

    [Fact]
    public void The_mean_is_met()
    {
        var weights = ((Mtl.Learning.Weightings.LossWeighting)Balancers.Make("mean", 2)).Weights;

        (-4 * weights[0] + 6 * weights[1], weights[0] + weights[1]).ShouldBe((1f, 1f));
    }
}
