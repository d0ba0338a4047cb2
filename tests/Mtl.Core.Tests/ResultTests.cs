namespace Mtl.Core.Tests;

public class ResultTests
{
    [Fact]
    public void A_value_passes_through_map_and_then()
    {
        Result<int> two = 2;

        two.Map(x => x + 1).Then<string>(x => $"{x}").Value.ShouldBe("3");
    }

    [Fact]
    public void An_error_skips_what_follows_and_keeps_its_text()
    {
        Result<int> failed = Error.NotFound("Run 'r1' does not exist.", "List the runs with './mtl runs'.");

        failed.Map(x => x + 1).Error.ShouldBe(failed.Error);
        Should.Throw<InvalidOperationException>(() => failed.Value).Message.ShouldBe("Run 'r1' does not exist. List the runs with './mtl runs'.");
    }
}
