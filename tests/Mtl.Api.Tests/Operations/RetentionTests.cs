using System.Net;
using Mtl.Api.Tests.Hosting;

namespace Mtl.Api.Tests.Operations;

[Collection(ServerCollection.Name)]
public sealed class RetentionTests(RunningServer server)
{
    private const string Definition =
        """{ "name": "Short-lived", "data": { "dataset": "d" }, "tasks": [{ "name": "t", "column": "c", "kind": "regression" }] }""";

    [Fact]
    public async Task What_was_deleted_longer_ago_than_asked_for_is_removed_for_good()
    {
        // What other tests have deleted goes first.
        await server.SendAsync("POST", "/api/v1/retention/remove?days=0");
        var id = (await server.SendJsonAsync("POST", "/api/v1/experiments", Definition)).Json["id"];
        (await server.SendAsync("DELETE", $"/api/v1/experiments/{id}")).Status.ShouldBe(HttpStatusCode.OK);

        var early = await server.SendAsync("POST", "/api/v1/retention/remove?days=1");
        (early.Status, early.Json["experiments"]!.GetValue<int>()).ShouldBe((HttpStatusCode.OK, 0));
        var removed = await server.SendAsync("POST", "/api/v1/retention/remove?days=0");
        (removed.Status, removed.Json["experiments"]!.GetValue<int>(), removed.Json["runs"]!.GetValue<int>()).ShouldBe((HttpStatusCode.OK, 1, 0));

        (await server.SendAsync("GET", $"/api/v1/experiments/{id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await server.SendAsync("POST", "/api/v1/retention/remove?days=0")).Json["experiments"]!.GetValue<int>().ShouldBe(0);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(36_501)]
    public async Task A_number_of_days_that_is_none_is_refused(int days)
    {
        var answer = await server.SendAsync("POST", $"/api/v1/retention/remove?days={days}");

        (answer.Status, answer.Message).ShouldBe((HttpStatusCode.BadRequest, $"Deleted things can be kept for 0 to 36500 days, not {days}."));
    }
}
