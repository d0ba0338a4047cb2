using Mtl.Dashboard.Models;

namespace Mtl.Dashboard.Tests;

public class AuditThingTests
{
    [Theory]
    [InlineData("experiment:01a216ea5b4f719ba30a1240dc4b6655", "experiment …dc4b6655", "experiments/01a216ea5b4f719ba30a1240dc4b6655")]
    [InlineData("run:01a216eb2e357db78e207e80a6945d17", "run …a6945d17", "runs/01a216eb2e357db78e207e80a6945d17")]
    [InlineData("model:sample households", "model sample households", "models/sample%20households")]
    [InlineData("dataset:01a216ea59107ddc83365c9f56032ffc", "dataset …56032ffc", null)]
    [InlineData("user:ann:b", "user ann:b", null)]
    [InlineData("platform", "platform", null)]
    [InlineData("", "", null)]
    public void A_thing_of_the_log_is_shown_short_and_leads_to_its_page(string thing, string text, string? address) => AuditThing.Of(thing).ShouldBe(new AuditThing(text, address));
}
