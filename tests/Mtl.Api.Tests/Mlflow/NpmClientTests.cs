using System.Diagnostics;
using System.Reflection;
using System.Text.Json.Nodes;
using Mtl.Api.Tests.Hosting;

namespace Mtl.Api.Tests.Mlflow;

/// <summary>A full session of a client that somebody else wrote: npm's <c>mlflow</c> 2.0.7.</summary>
[Collection(ServerCollection.Name)]
public sealed class NpmClientTests(RunningServer server)
{
    [Fact]
    public async Task A_third_partys_client_drives_a_full_session()
    {
        var said = await SessionAsync();

        Text(said["experiment"]!, "name", "lifecycle_stage").ShouldBe(["npm session", "active"]);
        Code(said["again"]!).ShouldBe((400, "RESOURCE_ALREADY_EXISTS"));
        ((bool)said["deletedListed"]!).ShouldBeTrue();
        Text(said["listed"]!, "name", "lifecycle_stage").ShouldBe(["npm session, renamed", "active"]);

        var run = said["run"]!;
        Text(run["info"]!, "status", "user_id", "lifecycle_stage").ShouldBe(["FINISHED", "grace", "active"]);
        (run["info"]!["start_time"]!.ToJsonString(), run["info"]!["end_time"]!.ToJsonString()).ShouldBe(("1700000000001", "1700000009000"));
        run["data"]!["params"]!.ToJsonString().ShouldBe("""[{"key":"depth","value":"2"},{"key":"width","value":"64"}]""");
        run["data"]!["metrics"]!.AsArray().Select(metric => $"{metric!["key"]} {metric["value"]} at {metric["step"]}").ShouldBe(["accuracy 0.7 at 2", "loss 0.16666666666666666 at 4"]);
        run["data"]!["tags"]!.AsArray().Select(tag => (string)tag!["key"]!).ShouldBe(["mlflow.runName", "note", "number", "team"]);
        Code(said["changedParameter"]!).ShouldBe((400, "INVALID_PARAMETER_VALUE"));

        said["found"]!.ToJsonString().ShouldBe("[2,1]");
        said["pages"]!.ToJsonString().ShouldBe("[[0,1],[2]]");
        said["lastToken"].ShouldBeNull();
        said["history"]!.AsArray().Select(metric => ((int)metric!["step"]!, (double)metric["value"]!)).ShouldBe(Enumerable.Range(0, 5).Select(step => (step, 1.0 / (1 + step))));
        said["artifacts"]!["files"]!.ToJsonString().ShouldBe("""[{"path":"plots/loss.txt","is_dir":false,"file_size":4}]""");

        ((string)said["deletedStage"]!).ShouldBe("deleted");
        said["deletedFound"]!.ToJsonString().ShouldBe("[2]");
        Code(said["missing"]!).ShouldBe((404, "RESOURCE_DOES_NOT_EXIST"));
        Code(said["wrongFilter"]!).ShouldBe((400, "INVALID_PARAMETER_VALUE"));
        Code(said["wrongAddress"]!).ShouldBe((404, "ENDPOINT_NOT_FOUND"));
    }

    private async Task<JsonNode> SessionAsync()
    {
        var modules = typeof(NpmClientTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "NodeModules").Value!;
        var start = new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, "npm-session.js"), server.Client.BaseAddress!.GetLeftPart(UriPartial.Authority)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["NODE_PATH"] = modules },
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await error);
        return JsonNode.Parse(output)!;
    }

    private static string[] Text(JsonNode node, params string[] names) => [.. names.Select(name => (string)node[name]!)];

    private static (int, string) Code(JsonNode refusal) => ((int)refusal["status"]!, (string)refusal["data"]!["error_code"]!);
}
