using System.Net;
using System.Text.Json.Nodes;
using Mtl.Api.Tests.Hosting;

namespace Mtl.Api.Tests.Mlflow;

/// <summary>Registered models, their versions, aliases, stages and tags.</summary>
[Collection(ServerCollection.Name)]
public sealed class RegistryTests(RunningServer server)
{
    private readonly string name = $"registry-{Guid.NewGuid():N}";

    [Fact]
    public async Task A_model_is_made_described_renamed_and_removed()
    {
        var made = (await server.PostAsync("registered-models/create", $$"""{"name": "{{name}}", "description": "of houses", "tags": [{"key": "team", "value": "a"}]}""").OkAsync())["registered_model"]!;
        made["tags"]!.ToJsonString().ShouldBe("""[{"key":"team","value":"a"}]""");

        ((string)(await server.PostAsync("registered-models/update", $$"""{"name": "{{name}}", "description": "of flats"}""", "PATCH").OkAsync())["registered_model"]!["description"]!).ShouldBe("of flats");
        ((string)(await server.PostAsync("registered-models/rename", $$"""{"name": "{{name}}", "new_name": "{{name}}-new"}""").OkAsync())["registered_model"]!["name"]!).ShouldBe($"{name}-new");
        await server.PostAsync("registered-models/set-tag", $$"""{"name": "{{name}}-new", "key": "stage", "value": "b"}""").OkAsync();
        await server.PostAsync("registered-models/delete-tag", $$"""{"name": "{{name}}-new", "key": "team"}""", "DELETE").OkAsync();
        (await server.GetAsync($"registered-models/get?name={name}-new").OkAsync())["registered_model"]!["tags"]!.ToJsonString().ShouldBe("""[{"key":"stage","value":"b"}]""");
        (await server.PostAsync("registered-models/delete", $$"""{"name": "{{name}}-new"}""", "DELETE")).ShouldBe(new Answer(HttpStatusCode.OK, "{}"));
        (await server.GetAsync($"registered-models/get?name={name}-new")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Versions_count_up_and_a_number_is_never_given_twice()
    {
        await ModelAsync(versions: 2);
        await server.PostAsync("model-versions/delete", $$"""{"name": "{{name}}", "version": "2"}""", "DELETE").OkAsync();

        ((string)(await VersionAsync())["version"]!).ShouldBe("3");
        (await server.GetAsync($"model-versions/get?name={name}&version=2")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_alias_moves_and_is_taken_away()
    {
        await ModelAsync(versions: 2);
        await server.PostAsync("registered-models/alias", $$"""{"name": "{{name}}", "alias": "Champion_1", "version": "1"}""").OkAsync();
        await server.PostAsync("registered-models/alias", $$"""{"name": "{{name}}", "alias": "Champion_1", "version": "2"}""").OkAsync();

        ((string)(await server.GetAsync($"registered-models/alias?name={name}&alias=Champion_1").OkAsync())["model_version"]!["version"]!).ShouldBe("2");
        (await server.GetAsync($"registered-models/get?name={name}").OkAsync())["registered_model"]!["aliases"]!.ToJsonString().ShouldBe("""[{"alias":"Champion_1","version":"2"}]""");
        (await server.PostAsync("registered-models/alias", $$"""{"name": "{{name}}", "alias": "Champion_1"}""", "DELETE")).ShouldBe(new Answer(HttpStatusCode.OK, "{}"));
        (await server.PostAsync("registered-models/alias", $$"""{"name": "{{name}}", "alias": "Champion_1"}""", "DELETE")).ShouldBe(new Answer(HttpStatusCode.OK, "{}"));
    }

    [Fact]
    public async Task A_stage_has_one_version_when_the_others_are_archived()
    {
        await ModelAsync(versions: 3);
        await StageAsync("1", "production", archive: false);
        await StageAsync("2", "Production", archive: true);

        var latest = (await server.PostAsync("registered-models/get-latest-versions", $$"""{"name": "{{name}}"}""").OkAsync())["model_versions"]!.AsArray();
        latest.Select(version => ((string)version!["version"]!, (string)version["current_stage"]!)).ShouldBe([("1", "Archived"), ("2", "Production"), ("3", "None")]);
        (await server.GetAsync($"registered-models/get-latest-versions?name={name}&stages=production").OkAsync())["model_versions"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_version_is_described_and_tagged()
    {
        await ModelAsync(versions: 1);

        ((string)(await server.PostAsync("model-versions/update", $$"""{"name": "{{name}}", "version": "1", "description": "good"}""", "PATCH").OkAsync())["model_version"]!["description"]!).ShouldBe("good");
        await server.PostAsync("model-versions/set-tag", $$"""{"name": "{{name}}", "version": "1", "key": "checked", "value": "yes"}""").OkAsync();
        (await server.GetAsync($"model-versions/get?name={name}&version=1").OkAsync())["model_version"]!["tags"]!.ToJsonString().ShouldBe("""[{"key":"checked","value":"yes"}]""");
        await server.PostAsync("model-versions/delete-tag", $$"""{"name": "{{name}}", "version": "1", "key": "checked"}""", "DELETE").OkAsync();
        (await server.GetAsync($"model-versions/get?name={name}&version=1").OkAsync())["model_version"]!["tags"].ShouldBeNull();
    }

    [Fact]
    public async Task Models_and_versions_are_searched()
    {
        await ModelAsync(versions: 3);
        await server.PostAsync("model-versions/set-tag", $$"""{"name": "{{name}}", "version": "2", "key": "checked", "value": "yes"}""").OkAsync();

        var models = await server.GetAsync($"registered-models/search?filter={Uri.EscapeDataString($"name ILIKE '{name.ToUpperInvariant()}'")}&order_by=name%20DESC&max_results=5").OkAsync();
        models["registered_models"]!.AsArray().Select(model => (string)model!["name"]!).ShouldBe([name]);
        (await VersionsAsync($"name='{name}'", "version_number DESC")).ShouldBe(["3", "2", "1"]);
        (await VersionsAsync($"name='{name}' AND tags.checked = 'yes'", "name")).ShouldBe(["2"]);
    }

    [Fact]
    public async Task A_clients_version_is_kept_but_not_served()
    {
        await ModelAsync(versions: 1);

        var infer = await server.SendAsync("GET", $"/v2/models/{name}/versions/1");
        var file = await server.SendAsync("GET", $"/api/v1/models/{name}/versions/1/file");

        (infer.Status, (string?)infer.Json["error"]).ShouldBe((
            HttpStatusCode.NotFound,
            $"Version 1 of model '{name}' was registered by a client; the platform knows where its files are, but does not serve it. Load it with that client, or ask for a version that the platform trained."));
        (file.Status, file.Message).ShouldBe((HttpStatusCode.NotFound, $"Version 1 of model '{name}' was registered by a client and has no exported file. Its files are at s3://bucket/model."));
        (await server.SendAsync("POST", "/v2/repository/index")).Body.ShouldNotContain(name);
    }

    [Fact]
    public async Task A_source_is_followed_to_the_files()
    {
        var run = await server.RunAsync();
        var experiment = (string)(await server.GetAsync($"runs/get?run_id={run}").OkAsync())["run"]!["info"]!["experiment_id"]!;
        await server.PostAsync("registered-models/create", $$"""{"name": "{{name}}"}""").OkAsync();
        await server.PostAsync("model-versions/create", $$"""{"name": "{{name}}", "source": "runs:/{{run}}/deep/model", "run_id": "{{run}}"}""").OkAsync();

        ((string)(await server.GetAsync($"model-versions/get-download-uri?name={name}&version=1").OkAsync())["artifact_uri"]!).ShouldBe($"mlflow-artifacts:/{experiment}/{run}/artifacts/deep/model");
    }

    [Fact]
    public async Task A_logged_model_lives_from_pending_to_ready()
    {
        var experiment = await server.ExperimentAsync("logged");
        var run = await server.RunAsync(experiment);
        var made = (await server.PostAsync("logged-models", $$"""
            {"experiment_id": "{{experiment}}", "name": "trees", "model_type": "Classifier", "source_run_id": "{{run}}", "params": [{"key": "depth", "value": "3"}], "tags": [{"key": "team", "value": "a"}]}
            """).OkAsync())["model"]!["info"]!;
        var id = (string)made["model_id"]!;
        ((string)made["status"]!, (string)made["artifact_uri"]!).ShouldBe(("LOGGED_MODEL_PENDING", $"mlflow-artifacts:/{experiment}/models/{id}/artifacts"));

        (await server.SendAsync("PUT", $"/api/2.0/mlflow-artifacts/artifacts/{experiment}/models/{id}/artifacts/MLmodel", new StringContent("flavors: {}"))).Status.ShouldBe(HttpStatusCode.OK);
        (await server.GetAsync($"logged-models/{id}/artifacts/directories").OkAsync())["files"]!.ToJsonString().ShouldBe("""[{"path":"MLmodel","is_dir":false,"file_size":11}]""");
        ((string)(await server.PostAsync($"logged-models/{id}", """{"status": "LOGGED_MODEL_READY"}""", "PATCH").OkAsync())["model"]!["info"]!["status"]!).ShouldBe("LOGGED_MODEL_READY");
        (await server.PostAsync($"logged-models/{id}", """{"status": "LOGGED_MODEL_UPLOAD_FAILED"}""", "PATCH")).Status.ShouldBe(HttpStatusCode.BadRequest);

        await server.PostAsync($"logged-models/{id}/params", """{"params": [{"key": "width", "value": "4"}]}""").OkAsync();
        (await server.PostAsync($"logged-models/{id}/params", """{"params": [{"key": "width", "value": "5"}]}""")).Status.ShouldBe(HttpStatusCode.BadRequest);
        await server.PostAsync($"logged-models/{id}/tags", """{"tags": [{"key": "checked", "value": "yes"}]}""", "PATCH").OkAsync();
        (await server.SendAsync("DELETE", $"/api/2.0/mlflow/logged-models/{id}/tags/team")).ShouldBe(new Answer(HttpStatusCode.OK, "{}"));
        var found = (await server.GetAsync($"logged-models/{id}").OkAsync())["model"]!;
        found["data"]!.ToJsonString().ShouldBe("""{"params":[{"key":"depth","value":"3"},{"key":"width","value":"4"}]}""");
        found["info"]!["tags"]!.ToJsonString().ShouldBe("""[{"key":"checked","value":"yes"}]""");

        var searched = await server.PostAsync("logged-models/search", $$"""
            {"experiment_ids": ["{{experiment}}"], "filter": "params.depth = '3' AND status = 'READY'", "order_by": [{"field_name": "creation_time", "ascending": false}]}
            """).OkAsync();
        searched["models"]!.AsArray().Select(model => (string)model!["info"]!["model_id"]!).ShouldBe([id]);
        (await server.SendAsync("DELETE", $"/api/2.0/mlflow/logged-models/{id}")).ShouldBe(new Answer(HttpStatusCode.OK, "{}"));
        (await server.GetAsync($"logged-models/{id}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Metrics_of_a_logged_model_and_a_dataset_come_with_the_model_and_find_it()
    {
        var experiment = await server.ExperimentAsync("measured");
        var run = await server.RunAsync(experiment);
        var (first, second) = (await LoggedAsync(experiment), await LoggedAsync(experiment));
        await server.PostAsync("runs/log-metric", $$"""
            {"run_id": "{{run}}", "key": "val acc", "value": 0.5, "timestamp": 1000, "step": 1, "model_id": "{{first}}", "dataset_name": "wine", "dataset_digest": "abc"}
            """).OkAsync();
        await server.PostAsync("runs/log-batch", $$"""
            {"run_id": "{{run}}", "metrics": [
              {"key": "val acc", "value": 0.7, "timestamp": 2000, "step": 2, "model_id": "{{second}}", "dataset_name": "wine", "dataset_digest": "abc"},
              {"key": "val acc", "value": "NaN", "timestamp": 3000, "step": 3, "model_id": "{{first}}"},
              {"key": "plain", "value": 1, "timestamp": 1000, "dataset_name": "wine"}]}
            """).OkAsync();

        (await server.GetAsync($"logged-models/{first}").OkAsync())["model"]!["data"]!["metrics"]!.ToJsonString().ShouldBe(
            $$"""[{"key":"val acc","value":0.5,"timestamp":1000,"step":1,"run_id":"{{run}}","model_id":"{{first}}","dataset_name":"wine","dataset_digest":"abc"},{"key":"val acc","value":"NaN","timestamp":3000,"step":3,"run_id":"{{run}}","model_id":"{{first}}"}]""");
        (await server.GetAsync($"metrics/get-history?run_id={run}&metric_key=val%20acc").OkAsync())["metrics"]!.ToJsonString().ShouldBe(
            """[{"key":"val acc","value":0.5,"timestamp":1000,"step":1},{"key":"val acc","value":0.7,"timestamp":2000,"step":2},{"key":"val acc","value":"NaN","timestamp":3000,"step":3}]""");
        (await FindAsync(""" "filter": "metrics.`val acc` > 0.6" """)).ShouldBe([second]);
        (await FindAsync(""" "datasets": [{"dataset_name": "wine", "dataset_digest": "abc"}], "order_by": [{"field_name": "metrics.val acc", "dataset_name": "wine"}] """)).ShouldBe([first, second]);
        (await FindAsync(""" "datasets": [{"dataset_name": "wine", "dataset_digest": "xyz"}] """)).ShouldBeEmpty();
        (await FindAsync(""" "order_by": [{"field_name": "metrics.val acc", "ascending": false}] """)).ShouldBe([second, first]);

        async Task<string[]> FindAsync(string search)
        {
            var found = await server.PostAsync("logged-models/search", $$"""{"experiment_ids": ["{{experiment}}"], {{search}}}""").OkAsync();
            return [.. found["models"]?.AsArray().Select(model => (string)model!["info"]!["model_id"]!) ?? []];
        }
    }

    private async Task<string> LoggedAsync(string experiment) =>
        (string)(await server.PostAsync("logged-models", $$"""{"experiment_id": "{{experiment}}", "name": "net"}""").OkAsync())["model"]!["info"]!["model_id"]!;

    private async Task ModelAsync(int versions)
    {
        await server.PostAsync("registered-models/create", $$"""{"name": "{{name}}"}""").OkAsync();
        for (var version = 0; version < versions; version++)
            await VersionAsync();
    }

    private async Task<JsonNode> VersionAsync() =>
        (await server.PostAsync("model-versions/create", $$"""{"name": "{{name}}", "source": "s3://bucket/model"}""").OkAsync())["model_version"]!;

    private Task<JsonNode> StageAsync(string version, string stage, bool archive) => server.PostAsync(
        "model-versions/transition-stage", $$"""{"name": "{{name}}", "version": "{{version}}", "stage": "{{stage}}", "archive_existing_versions": {{(archive ? "true" : "false")}}}""").OkAsync();

    private async Task<string[]> VersionsAsync(string filter, string order)
    {
        var page = await server.GetAsync($"model-versions/search?filter={Uri.EscapeDataString(filter)}&order_by={Uri.EscapeDataString(order)}").OkAsync();
        return [.. page["model_versions"]!.AsArray().Select(version => (string)version!["version"]!)];
    }
}
