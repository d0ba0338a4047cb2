using System.Text.Json.Nodes;
using Mtl.Api.Tests.Hosting;

namespace Mtl.Api.Tests.Operations;

[Collection(ServerCollection.Name)]
public sealed class RequestIdTests(RunningServer server)
{
    [Fact]
    public async Task A_request_without_an_id_gets_one_that_its_error_names_too()
    {
        var (id, body) = await AskAsync(null);

        id.ShouldNotBeEmpty();
        body["requestId"]!.GetValue<string>().ShouldBe(id);
    }

    [Theory]
    [InlineData("7f3a-1.B_c")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123")]
    public async Task A_client_may_give_its_own_id(string id)
    {
        var (answered, body) = await AskAsync(id);

        answered.ShouldBe(id);
        body["requestId"]!.GetValue<string>().ShouldBe(id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("01234567890123456789012345678901234567890123456789012345678901234")]
    [InlineData("two words")]
    [InlineData("a\tfail: Mtl[0]")]
    [InlineData("<script>")]
    [InlineData("%0d%0aSet-Cookie:x")]
    public async Task An_id_that_is_long_or_has_other_characters_is_replaced(string id)
    {
        var (answered, body) = await AskAsync(id);

        answered.ShouldNotBe(id);
        answered.ShouldMatch("^[0-9A-Za-z:_.-]{1,64}$");
        body["requestId"]!.GetValue<string>().ShouldBe(answered);
    }

    private async Task<(string Id, JsonNode Body)> AskAsync(string? id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/runs/nope");
        if (id is not null)
            request.Headers.TryAddWithoutValidation("X-Request-Id", id).ShouldBeTrue();
        using var response = await server.Client.SendAsync(request);
        return (response.Headers.GetValues("X-Request-Id").Single(), JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }
}
