using Mtl.Tracking.Runs;

namespace Mtl.Tracking.Tests;

public class RunProgressTests
{
    [Theory]
    [InlineData(0, 0, 0, 0, 0)]
    [InlineData(25, 100, 2, 4, 0.25)]
    [InlineData(60, 0, 3, 8, 0.25)]
    [InlineData(60, 0, 0, 8, 0)]
    public void The_fraction_is_by_steps_or_by_epochs_where_their_steps_are_not_known(long step, long totalSteps, int epoch, int epochs, double fraction) =>
        new RunProgress(step, totalSteps, epoch, epochs).Fraction().ShouldBe(fraction);
}
