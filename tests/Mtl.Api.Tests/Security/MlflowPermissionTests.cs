using System.Net;
using System.Text.Json.Nodes;

namespace Mtl.Api.Tests.Security;

/// <summary>Users and permissions as MLflow's AuthServiceClient asks for them.</summary>
public sealed class MlflowPermissionTests(SecuredServer server) : IClassFixture<SecuredServer>
{
    [Fact]
    public async Task A_user_is_made_given_a_permission_and_removed()
    {
        (await CallAsync("root", "POST", "users/create", """{"username":"linus","password":"another long password"}"""))["user"]!["username"]!.GetValue<string>().ShouldBe("linus");
        (await CallAsync("root", "GET", "users/get?username=Linus"))["user"]!["is_admin"]!.GetValue<bool>().ShouldBeFalse();

        var line = $$"""{"experiment_id":"{{SecuredServer.Experiment}}","username":"linus","permission":"READ"}""";
        (await CallAsync("ada", "POST", "experiments/permissions/create", line)).ToJsonString()
            .ShouldBe($$$"""{"experiment_permission":{"experiment_id":"{{{SecuredServer.Experiment}}}","user_id":"linus","permission":"READ"}}""");
        (await CallAsync("ada", "POST", "experiments/permissions/create", line, HttpStatusCode.BadRequest))["error_code"]!.GetValue<string>().ShouldBe("RESOURCE_ALREADY_EXISTS");
        (await StatusAsync("linus", $"experiments/get?experiment_id={SecuredServer.Experiment}")).ShouldBe(HttpStatusCode.OK);
        await CallAsync("ada", "PATCH", "experiments/permissions/update", line.Replace("READ", "NO_PERMISSIONS", StringComparison.Ordinal));
        (await StatusAsync("linus", $"experiments/get?experiment_id={SecuredServer.Experiment}")).ShouldBe(HttpStatusCode.NotFound);
        await CallAsync("ada", "DELETE", "experiments/permissions/delete", line);
        (await CallAsync("ada", "GET", $"experiments/permissions/get?experiment_id={SecuredServer.Experiment}&username=linus", status: HttpStatusCode.NotFound))["error_code"]!.GetValue<string>()
            .ShouldBe("RESOURCE_DOES_NOT_EXIST");

        (await CallAsync("ada", "POST", "registered-models/permissions/create", $$"""{"name":"{{SecuredServer.Model}}","username":"linus","permission":"EDIT"}"""))["registered_model_permission"]!["name"]!
            .GetValue<string>().ShouldBe(SecuredServer.Model);
        (await StatusAsync("linus", $"registered-models/get?name={SecuredServer.Model}")).ShouldBe(HttpStatusCode.OK);
        await CallAsync("root", "DELETE", "users/delete", """{"username":"linus"}""");
        (await StatusAsync("linus", "experiments/search?max_results=1")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_permission_that_there_is_not_is_refused_with_those_there_are() =>
        (await CallAsync("ada", "POST", "experiments/permissions/create", $$"""{"experiment_id":"{{SecuredServer.Experiment}}","username":"grace","permission":"OWN"}""", HttpStatusCode.BadRequest))["message"]!
            .GetValue<string>().ShouldStartWith("Invalid value \"OWN\" for parameter 'permission' supplied: It must be one of NO_PERMISSIONS, READ, EDIT, MANAGE.");

    [Fact]
    public async Task A_version_names_no_run_that_its_maker_may_not_see_with_a_link_or_without()
    {
        await CallAsync("grace", "POST", "registered-models/create", """{"name":"of-grace"}""");

        foreach (var link in (string[])["", ""","run_link":"http://elsewhere/run" """])
        {
            var refused = await CallAsync("grace", "POST", "model-versions/create", $$"""{"name":"of-grace","source":"s3://bucket/model","run_id":"{{SecuredServer.Run}}"{{link}}}""", HttpStatusCode.NotFound);
            refused["message"]!.GetValue<string>().ShouldBe($"Run with id={SecuredServer.Run} not found");
        }

        var foreign = """{"name":"of-grace","source":"s3://bucket/model","run_id":"feedfeed" """;
        await CallAsync("grace", "POST", "model-versions/create", foreign + "}", HttpStatusCode.NotFound);
        (await CallAsync("grace", "POST", "model-versions/create", foreign + ""","run_link":"http://elsewhere/run"}"""))["model_version"]!["run_id"]!.GetValue<string>()
            .ShouldBe("feedfeed", "the link says that the run is another server's");
    }

    private async Task<JsonNode> CallAsync(string user, string method, string path, string? json = null, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var answer = await server.SendAsync(method, $"/api/2.0/mlflow/{path}", SecuredServer.Basic(user), json);
        var body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, body);
        return JsonNode.Parse(body)!;
    }

    private async Task<HttpStatusCode> StatusAsync(string user, string path)
    {
        using var answer = await server.SendAsync("GET", $"/api/2.0/mlflow/{path}", user == "linus" ? SecuredServer.Basic(user, "another long password") : SecuredServer.Basic(user));
        return answer.StatusCode;
    }
}
