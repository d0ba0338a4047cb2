using System.Net;
using System.Text.Json.Nodes;
using Mtl.Api.Tests.Hosting;

namespace Mtl.Api.Tests.Mlflow;

/// <summary>Runs, metrics, parameters and tags over the wire.</summary>
[Collection(ServerCollection.Name)]
public sealed class RunTests(RunningServer server)
{
    [Fact]
    public async Task A_run_is_given_back_as_MLflow_shapes_it()
    {
        var experiment = await server.ExperimentAsync("shapes");
        var created = await server.PostAsync(
            "runs/create", $$"""{"experiment_id": "{{experiment}}", "user_id": "ada", "run_name": "first", "start_time": "1700000000000", "tags": [{"key": "team", "value": "a"}], "unknown": 1}""").OkAsync();
        var run = (string)created["run"]!["info"]!["run_id"]!;

        created.ToJsonString().ShouldBe(
            $$$$"""
            {"run":{"info":{"run_id":"{{{{run}}}}","run_uuid":"{{{{run}}}}","run_name":"first","experiment_id":"{{{{experiment}}}}","user_id":"ada","status":"RUNNING","start_time":1700000000000,"artifact_uri":"mlflow-artifacts:/{{{{experiment}}}}/{{{{run}}}}/artifacts","lifecycle_stage":"active"},"data":{"tags":[{"key":"mlflow.runName","value":"first"},{"key":"team","value":"a"}]},"inputs":{}}}
            """);
        (await server.PostAsync("runs/update", $$"""{"run_uuid": "{{run}}", "status": 3, "end_time": 1700000005000}""").OkAsync()).ToJsonString().ShouldBe(
            $$$"""
            {"run_info":{"run_id":"{{{run}}}","run_uuid":"{{{run}}}","run_name":"first","experiment_id":"{{{experiment}}}","user_id":"ada","status":"FINISHED","start_time":1700000000000,"end_time":1700000005000,"artifact_uri":"mlflow-artifacts:/{{{experiment}}}/{{{run}}}/artifacts","lifecycle_stage":"active"}}
            """);
    }

    [Fact]
    public async Task Runs_are_found_by_their_start_where_no_order_is_named()
    {
        var experiment = await server.ExperimentAsync("starts");
        foreach (var start in (long[])[1700000002000, 1700000003000, 1700000001000])
            await server.PostAsync("runs/create", $$"""{"experiment_id": "{{experiment}}", "start_time": {{start}}}""").OkAsync();

        var found = await server.PostAsync("runs/search", $$"""{"experiment_ids": ["{{experiment}}"]}""").OkAsync();

        found["runs"]!.AsArray().Select(run => (long)run!["info"]!["start_time"]!).ShouldBe([1700000003000, 1700000002000, 1700000001000]);
    }

    [Fact]
    public async Task An_end_stays_until_the_run_goes_on()
    {
        var run = await server.RunAsync();

        (await EndAsync("\"end_time\": 1700000005000")).ShouldBe(1700000005000);
        (await EndAsync("\"status\": \"FINISHED\"")).ShouldBe(1700000005000);
        (await EndAsync("\"run_name\": \"other\"")).ShouldBe(1700000005000);
        (await EndAsync("\"status\": \"RUNNING\"")).ShouldBeNull();

        async Task<long?> EndAsync(string change) => (long?)(await server.PostAsync("runs/update", $$"""{"run_id": "{{run}}", {{change}}}""").OkAsync())["run_info"]!["end_time"];
    }

    [Fact]
    public async Task A_run_without_an_experiment_is_of_the_default_one()
    {
        var run = (await server.PostAsync("runs/create", "{}").OkAsync())["run"]!["info"]!;

        ((string)run["experiment_id"]!).ShouldBe("0");
        ((string)run["run_name"]!).ShouldMatch("^[a-z]+-[a-z]+-[0-9]+$");
        ((string)(await server.GetAsync("experiments/get?experiment_id=0").OkAsync())["experiment"]!["name"]!).ShouldBe("Default");
    }

    [Theory]
    [InlineData("NaN", "NaN")]
    [InlineData("\"NaN\"", "NaN")]
    [InlineData("Infinity", "Infinity")]
    [InlineData("\"-Infinity\"", "-Infinity")]
    [InlineData("-Infinity", "-Infinity")]
    public async Task Values_that_are_no_numbers_are_kept(string sent, string given)
    {
        var run = await server.RunAsync();

        await server.PostAsync("runs/log-metric", $$"""{"run_id": "{{run}}", "key": "loss of NaN", "value": {{sent}}, "timestamp": 1}""").OkAsync();

        (await server.GetAsync($"metrics/get-history?run_id={run}&metric_key=loss%20of%20NaN")).Body.ShouldBe($$"""{"metrics":[{"key":"loss of NaN","value":"{{given}}","timestamp":1,"step":0}]}""");
        ((string)(await server.GetAsync($"runs/get?run_id={run}").OkAsync())["run"]!["data"]!["metrics"]![0]!["value"]!).ShouldBe(given);
    }

    [Fact]
    public async Task The_last_value_is_that_of_the_greatest_step()
    {
        var run = await server.RunAsync();
        await server.PostAsync("runs/log-batch", $$"""
            {"run_id": "{{run}}", "metrics": [{"key": "a", "value": 3, "timestamp": 30, "step": 2}, {"key": "a", "value": 1, "timestamp": 10, "step": "1"}, {"key": "a", "value": 2, "timestamp": 20, "step": 2}, {"key": "a", "value": 9, "timestamp": 99, "step": -5}]}
            """).OkAsync();

        (await server.GetAsync($"runs/get?run_id={run}").OkAsync())["run"]!["data"]!["metrics"]!.ToJsonString().ShouldBe("""[{"key":"a","value":3,"timestamp":30,"step":2}]""");
    }

    [Fact]
    public async Task A_retried_batch_changes_nothing()
    {
        var run = await server.RunAsync();
        var batch = $$"""{"run_id": "{{run}}", "metrics": [{"key": "a", "value": 1, "timestamp": 10}, {"key": "a", "value": 2, "timestamp": 10}], "params": [{"key": "p", "value": "1"}], "tags": [{"key": "t", "value": "1"}]}""";

        await server.PostAsync("runs/log-batch", batch).OkAsync();
        await server.PostAsync("runs/log-batch", batch).OkAsync();

        (await server.GetAsync($"metrics/get-history?run_id={run}&metric_key=a").OkAsync())["metrics"]!.AsArray().Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_batch_with_a_changed_parameter_writes_nothing()
    {
        var run = await server.RunAsync();
        await server.PostAsync("runs/log-parameter", $$"""{"run_id": "{{run}}", "key": "lr", "value": "0.1"}""").OkAsync();

        var refused = await server.PostAsync("runs/log-batch", $$"""{"run_id": "{{run}}", "metrics": [{"key": "a", "value": 1, "timestamp": 10}], "params": [{"key": "lr", "value": "0.2"}]}""");

        (refused.Status, (string?)refused.Json["error_code"]).ShouldBe((HttpStatusCode.BadRequest, "INVALID_PARAMETER_VALUE"));
        (await server.GetAsync($"metrics/get-history?run_id={run}&metric_key=a")).Body.ShouldBe("""{"metrics":[]}""");
    }

    [Fact]
    public async Task Limits_are_kept()
    {
        var run = await server.RunAsync();

        await RefusedAsync("metrics", 1001, "A batch logging request can contain at most 1000 metrics. Got 1001 metrics. Please split up metrics across multiple requests and try again.");
        await RefusedAsync("params", 101, "A batch logging request can contain at most 100 params. Got 101 params. Please split up params across multiple requests and try again.");
        await RefusedAsync("tags", 101, "A batch logging request can contain at most 100 tags. Got 101 tags. Please split up tags across multiple requests and try again.");
        await MessageAsync($$"""{"run_id": "{{run}}", "metrics": [{{Items("metrics", 950)}}], "params": [{{Items("params", 51)}}]}""",
            "A batch logging request can contain at most 1000 metrics, params, and tags. Got 1001 metrics, params, and tags. Please split up metrics, params, and tags across multiple requests and try again.");
        await MessageAsync($$"""{"run_id": "{{run}}", "params": [{"key": "{{new string('k', 251)}}", "value": "1"}]}""", $"Parameter name '{new string('k', 250)}' had length 251, which exceeded length limit of 250");
        await MessageAsync($$"""{"run_id": "{{run}}", "params": [{"key": "k", "value": "{{new string('v', 6001)}}"}]}""", $"Param value '{new string('v', 250)}' had length 6001, which exceeded length limit of 6000");
        await MessageAsync($$"""{"run_id": "{{run}}", "tags": [{"key": "k", "value": "{{new string('v', 8001)}}"}]}""", $"Tag value '{new string('v', 250)}' had length 8001, which exceeded length limit of 8000");
        var large = $$"""{"run_id": "{{run}}", "ignored": "{{new string('x', 1_000_000)}}"}""";
        await MessageAsync(large, $"Batched logging API requests must be at most 1000000 bytes, got a request of size {large.Length}.");
        (await server.PostAsync("runs/log-batch", $$"""{"run_id": "{{run}}", "metrics": [{{Items("metrics", 1000)}}]}""")).Status.ShouldBe(HttpStatusCode.OK);

        Task RefusedAsync(string list, int count, string message) => MessageAsync($$"""{"run_id": "{{run}}", "{{list}}": [{{Items(list, count)}}]}""", message);

        async Task MessageAsync(string body, string message)
        {
            var answer = await server.PostAsync("runs/log-batch", body);
            (answer.Status, (string?)answer.Json["message"]).ShouldBe((HttpStatusCode.BadRequest, message));
        }

        static string Items(string list, int count) => string.Join(',', Enumerable.Range(0, count).Select(item => list == "metrics"
            ? $$"""{"key": "m{{item % 7}}", "value": {{item}}, "timestamp": {{item}}}"""
            : $$"""{"key": "k{{item}}", "value": "v"}"""));
    }

    [Fact]
    public async Task A_history_is_read_page_by_page()
    {
        var run = await server.RunAsync();
        await server.PostAsync("runs/log-batch", $$"""{"run_id": "{{run}}", "metrics": [{{string.Join(',', Enumerable.Range(0, 25).Select(step => $$"""{"key": "a", "value": {{step * 2}}, "timestamp": {{step}}, "step": {{step}}}"""))}}]}""").OkAsync();

        var values = new List<int>();
        var token = "";
        var pages = 0;
        do
        {
            var page = await server.GetAsync($"metrics/get-history?run_id={run}&metric_key=a&max_results=10{(token.Length > 0 ? $"&page_token={token}" : "")}").OkAsync();
            values.AddRange(page["metrics"]!.AsArray().Select(metric => (int)metric!["value"]!));
            token = (string?)page["next_page_token"] ?? "";
            pages++;
        }
        while (token.Length > 0);

        (pages, values.Count).ShouldBe((3, 25));
        values.ShouldBe(Enumerable.Range(0, 25).Select(step => step * 2));
    }

    [Fact]
    public async Task Histories_of_several_runs_are_read_at_once()
    {
        var experiment = await server.ExperimentAsync("bulk");
        string[] runs = [await server.RunAsync(experiment), await server.RunAsync(experiment)];
        foreach (var run in runs)
            await server.PostAsync("runs/log-batch", $$"""{"run_id": "{{run}}", "metrics": [{{string.Join(',', Enumerable.Range(0, 100).Select(step => $$"""{"key": "a", "value": {{step}}, "timestamp": {{step}}, "step": {{step}}}"""))}}]}""").OkAsync();

        var bulk = (await server.SendAsync("GET", $"/ajax-api/2.0/mlflow/metrics/get-history-bulk?run_id={runs[0]}&run_id={runs[1]}&metric_key=a&max_results=150")).Json["metrics"]!.AsArray();
        bulk.Select(metric => (string)metric!["run_id"]!).GroupBy(run => run).Select(group => (group.Key, group.Count())).ShouldBe([(runs[0], 100), (runs[1], 50)]);

        var interval = (await server.GetAsync($"metrics/get-history-bulk-interval?run_ids={runs[0]}&run_ids={runs[1]}&metric_key=a&start_step=10&end_step=59&max_results=10").OkAsync())["metrics"]!.AsArray();
        var steps = interval.Where(metric => (string)metric!["run_id"]! == runs[1]).Select(metric => (long)metric!["step"]!).ToArray();
        steps.Length.ShouldBeInRange(4, 10);
        (steps[0], steps[^1]).ShouldBe((10, 59));

        foreach (var (most, kept) in new[] { (1, "59"), (2, "10 59"), (3, "10 59") })
        {
            var few = (await server.GetAsync($"metrics/get-history-bulk-interval?run_ids={runs[1]}&metric_key=a&start_step=10&end_step=59&max_results={most}").OkAsync())["metrics"]!.AsArray();
            string.Join(' ', few.Select(metric => (long)metric!["step"]!)).ShouldBe(kept);
        }
    }

    [Fact]
    public async Task A_deleted_run_is_there_until_it_is_restored_but_takes_nothing_in()
    {
        var run = await server.RunAsync();
        (await server.PostAsync("runs/delete", $$"""{"run_id": "{{run}}"}""")).ShouldBe(new Answer(HttpStatusCode.OK, "{}"));

        ((string)(await server.GetAsync($"runs/get?run_id={run}").OkAsync())["run"]!["info"]!["lifecycle_stage"]!).ShouldBe("deleted");
        (await server.PostAsync("runs/set-tag", $$"""{"run_id": "{{run}}", "key": "a", "value": "b"}""")).Status.ShouldBe(HttpStatusCode.BadRequest);
        await server.PostAsync("runs/restore", $$"""{"run_id": "{{run}}"}""").OkAsync();
        (await server.PostAsync("runs/set-tag", $$"""{"run_id": "{{run}}", "key": "a", "value": "b"}""")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Naming_a_run_and_its_tag_are_one()
    {
        var run = await server.RunAsync();

        await server.PostAsync("runs/set-tag", $$"""{"run_id": "{{run}}", "key": "mlflow.runName", "value": "by tag"}""").OkAsync();
        (await NameAsync()).ShouldBe(("by tag", "by tag"));
        await server.PostAsync("runs/update", $$"""{"run_id": "{{run}}", "run_name": "by update"}""").OkAsync();
        (await NameAsync()).ShouldBe(("by update", "by update"));

        async Task<(string, string)> NameAsync()
        {
            var found = (await server.GetAsync($"runs/get?run_id={run}").OkAsync())["run"]!;
            return ((string)found["info"]!["run_name"]!, (string)found["data"]!["tags"]!.AsArray().Single(tag => (string)tag!["key"]! == "mlflow.runName")!["value"]!);
        }
    }

    [Fact]
    public async Task A_batch_that_is_refused_names_no_run()
    {
        var run = await server.RunAsync();
        await server.PostAsync("runs/log-parameter", $$"""{"run_id": "{{run}}", "key": "lr", "value": "0.1"}""").OkAsync();

        var refused = await server.PostAsync(
            "runs/log-batch", $$"""{"run_id": "{{run}}", "params": [{"key": "lr", "value": "0.2"}], "tags": [{"key": "mlflow.runName", "value": "renamed"}]}""");

        refused.Status.ShouldBe(HttpStatusCode.BadRequest);
        var info = (await server.GetAsync($"runs/get?run_id={run}").OkAsync())["run"]!["info"]!;
        ((string)info["run_name"]!).ShouldNotBe("renamed");
    }

    [Fact]
    public async Task Inputs_outputs_and_models_are_kept()
    {
        var run = await server.RunAsync();
        await server.PostAsync("runs/log-inputs", $$$"""
            {"run_id": "{{{run}}}", "datasets": [{"tags": [{"key": "mlflow.data.context", "value": "training"}], "dataset": {"name": "wine", "digest": "abc", "source_type": "local", "source": "{}", "schema": "{}"}}], "models": [{"model_id": "m-in"}]}
            """).OkAsync();
        await server.PostAsync("runs/outputs", $$"""{"run_id": "{{run}}", "models": [{"model_id": "m-out", "step": 7}]}""").OkAsync();
        await server.PostAsync("runs/log-model", $$$"""{"run_id": "{{{run}}}", "model_json": "{\"artifact_path\": \"model\", \"flavors\": {}, \"utc_time_created\": \"now\", \"run_id\": \"{{{run}}}\"}"}""").OkAsync();

        var found = (await server.GetAsync($"runs/get?run_id={run}").OkAsync())["run"]!;

        found["inputs"]!.ToJsonString().ShouldBe(
            """{"dataset_inputs":[{"tags":[{"key":"mlflow.data.context","value":"training"}],"dataset":{"name":"wine","digest":"abc","source_type":"local","source":"{}","schema":"{}"}}],"model_inputs":[{"model_id":"m-in"}]}""");
        found["outputs"]!.ToJsonString().ShouldBe("""{"model_outputs":[{"model_id":"m-out","step":7}]}""");
        var history = (string)found["data"]!["tags"]!.AsArray().Single(tag => (string)tag!["key"]! == "mlflow.log-model.history")!["value"]!;
        ((string)JsonNode.Parse(history)![0]!["artifact_path"]!).ShouldBe("model");
    }

    [Fact]
    public async Task A_model_with_a_member_given_twice_is_refused()
    {
        var answer = await server.PostAsync("runs/log-model", $$$"""{"run_id": "{{{await server.RunAsync()}}}", "model_json": "{\"run_id\": 1, \"run_id\": 2}"}""");

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        ((string)answer.Json["message"]!).ShouldBe("""Malformed model info. {"run_id": 1, "run_id": 2} is not a JSON object.""");
    }

    [Fact]
    public async Task Models_logged_at_once_are_all_in_the_runs_history()
    {
        var run = await server.RunAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => server.PostAsync(
            "runs/log-model", $$$"""{"run_id": "{{{run}}}", "model_json": "{\"artifact_path\": \"model-{{{i}}}\", \"flavors\": {}, \"utc_time_created\": \"now\", \"run_id\": \"{{{run}}}\"}"}""").OkAsync()));

        var tags = (await server.GetAsync($"runs/get?run_id={run}").OkAsync())["run"]!["data"]!["tags"]!.AsArray();
        var history = JsonNode.Parse((string)tags.Single(tag => (string)tag!["key"]! == "mlflow.log-model.history")!["value"]!)!.AsArray();
        history.Select(model => (string)model!["artifact_path"]!).Order().ShouldBe(Enumerable.Range(0, 8).Select(i => $"model-{i}"));
    }

    [Fact]
    public async Task A_body_that_was_encoded_twice_is_read_as_old_clients_mean_it()
    {
        var run = await server.RunAsync();

        var answer = await server.PostAsync("runs/set-tag", JsonValue.Create($$"""{"run_id": "{{run}}", "key": "a", "value": "b"}""").ToJsonString());

        answer.ShouldBe(new Answer(HttpStatusCode.OK, "{}"));
    }

    [Fact]
    public async Task A_form_of_another_page_is_refused()
    {
        using var form = new StringContent("{\"name\": \"x\"}", System.Text.Encoding.UTF8, "text/plain");

        var answer = await server.SendAsync("POST", "/api/2.0/mlflow/experiments/create", form);

        (answer.Status, (string?)answer.Json["message"]).ShouldBe((HttpStatusCode.BadRequest, "Bad Request. Content-Type must be one of ['application/json']."));
    }

    [Theory]
    [InlineData("/version", "2.22.0")]
    [InlineData("/health", "OK")]
    public async Task What_clients_probe_is_there(string path, string text) => (await server.SendAsync("GET", path)).ShouldBe(new Answer(HttpStatusCode.OK, text));
}
