using System.Net;
using System.Text.Json.Nodes;
using Mtl.Api.Tests.Hosting;

namespace Mtl.Api.Tests.Inference;

/// <summary>The Open Inference Protocol on a model that the server has trained itself.</summary>
[Collection(ServerCollection.Name)]
public sealed class InferenceTests(RunningServer server)
{
    private static readonly string[] Everything = ["price", "sold", "sold_label", "region", "region_label"];

    [Theory]
    [InlineData("GET", "/v2", """{"name":"MtlPlatform","version":"0.1.0","extensions":[]}""")]
    [InlineData("GET", "/v2/", """{"name":"MtlPlatform","version":"0.1.0","extensions":[]}""")]
    [InlineData("GET", "/v2/health/live", """{"live":true}""")]
    [InlineData("GET", "/v2/health/ready", """{"live":true,"ready":true}""")]
    [InlineData("POST", "/v2/repository/index", """[{"name":"houses","version":"1","state":"READY","reason":""}]""")]
    [InlineData("GET", "/v2/models/houses/ready", """{"name":"houses","ready":true}""")]
    [InlineData("GET", "/v2/models/houses/versions/1/ready", """{"name":"houses","ready":true}""")]
    public async Task The_server_and_its_models_say_who_they_are(string method, string path, string body)
    {
        await server.ModelAsync();

        (await server.SendAsync(method, path)).ShouldBe(new Answer(HttpStatusCode.OK, body));
    }

    [Theory]
    [InlineData("/v2/models/houses")]
    [InlineData("/v2/models/houses/versions/1")]
    [InlineData("/v2/models/houses/versions/latest")]
    public async Task The_metadata_describe_inputs_and_outputs(string path)
    {
        await server.ModelAsync();

        (await server.SendAsync("GET", path)).ShouldBe(new Answer(HttpStatusCode.OK, Compact("""
            {
              "name": "houses", "versions": ["1"], "platform": "onnxruntime_onnx",
              "inputs": [{ "name": "size", "datatype": "FP32", "shape": [-1, 1] }, { "name": "style", "datatype": "BYTES", "shape": [-1, 1] }],
              "outputs": [
                { "name": "price", "datatype": "FP32", "shape": [-1, 1] },
                { "name": "sold", "datatype": "FP32", "shape": [-1, 1] }, { "name": "sold_label", "datatype": "BYTES", "shape": [-1, 1] },
                { "name": "region", "datatype": "FP32", "shape": [-1, 3] }, { "name": "region_label", "datatype": "BYTES", "shape": [-1, 1] }
              ]
            }
            """)));
    }

    [Fact]
    public async Task Every_output_is_given_by_row_and_agrees_with_the_native_prediction()
    {
        await server.ModelAsync();

        var answer = (await InferAsync("""[50, null, 120.5]""", """["old", "new", "never seen"]""", "\"id\": \"seven\", ")).Json;

        ((string)answer["model_name"]!, (string)answer["model_version"]!, (string)answer["id"]!).ShouldBe(("houses", "1", "seven"));
        var outputs = answer["outputs"]!.AsArray();
        outputs.Select(output => (string)output!["name"]!).ShouldBe(Everything);
        outputs.Select(output => output!["shape"]!.ToJsonString()).ShouldBe(["[3,1]", "[3,1]", "[3,1]", "[3,3]", "[3,1]"]);
        outputs.Select(output => (string)output!["datatype"]!).ShouldBe(["FP32", "FP32", "BYTES", "FP32", "BYTES"]);

        var native = (await server.SendJsonAsync("POST", "/api/v1/models/houses/versions/1/predict", """
            [{ "size": 50, "style": "old" }, { "size": null, "style": "new" }, { "size": 120.5, "style": "never seen" }]
            """)).Json.AsArray();
        for (var row = 0; row < 3; row++)
        {
            var tasks = native[row]!["tasks"]!.AsArray();
            ((float)outputs[0]!["data"]![row]!).ShouldBe((float)tasks[0]!["value"]!);
            ((string)outputs[2]!["data"]![row]!).ShouldBe((string)tasks[1]!["label"]!);
            ((float)outputs[1]!["data"]![row]!).ShouldBe((float)tasks[1]!["probabilities"]!["yes"]!);
            ((string)outputs[4]!["data"]![row]!).ShouldBe((string)tasks[2]!["label"]!);
            Enumerable.Range(0, 3).Select(label => (float)outputs[3]!["data"]![(row * 3) + label]!)
                .ShouldBe(tasks[2]!["probabilities"]!.AsObject().Select(label => (float)label.Value!));
        }
    }

    [Fact]
    public async Task Only_the_outputs_asked_for_are_given_in_the_order_asked()
    {
        await server.ModelAsync();

        var answer = (await InferAsync("[50]", """["old"]""", """ "outputs": [{ "name": "region_label", "parameters": { "binary_data": false } }, { "name": "price" }], """)).Json;

        answer["outputs"]!.AsArray().Select(output => (string)output!["name"]!).ShouldBe(["region_label", "price"]);
        answer.AsObject().ContainsKey("id").ShouldBeFalse();
    }

    [Theory]
    [InlineData("FP64", "[50, 60]")]
    [InlineData("INT32", "[50, 60]")]
    [InlineData("INT64", "[[50], [60]]")]
    [InlineData("FP32", "[[50.0], [6e1]]")]
    public async Task Numbers_of_every_datatype_flat_or_nested_mean_the_same(string datatype, string data)
    {
        await server.ModelAsync();

        var expected = await InferAsync("[50, 60]", """["old", "new"]""");

        (await InferAsync(data, """[["old"], ["new"]]""", datatype: datatype)).ShouldBe(expected);
    }

    [Fact]
    public async Task A_missing_number_is_null_or_NaN_and_a_missing_text_is_null_or_empty()
    {
        await server.ModelAsync();

        var expected = await InferAsync("[null, 60]", """["old", null]""");

        expected.Status.ShouldBe(HttpStatusCode.OK, expected.Body);
        (await InferAsync("""["NaN", 60]""", """["old", ""]""")).ShouldBe(expected);
        (await InferAsync("[null, 60]", """["old", null]""", datatype: "INT64")).ShouldBe(expected);
    }

    [Fact]
    public async Task Requests_at_once_get_their_own_answers_and_are_counted()
    {
        await server.ModelAsync();
        var alone = new List<JsonArray>();
        for (var request = 0; request < 40; request++)
            alone.Add(Outputs(await InferAsync($"[{request}]", """["old"]""")));
        var before = (await server.SendAsync("GET", "/v2/models/houses/versions/1/stats")).Json["model_stats"]![0]!;

        var together = await Task.WhenAll(Enumerable.Range(0, 40).Select(request => InferAsync($"[{request}]", """["old"]""")));

        for (var request = 0; request < 40; request++)
        {
            var (one, shared) = (alone[request], Outputs(together[request]));
            ((float)shared[0]!["data"]![0]!).ShouldBe((float)one[0]!["data"]![0]!, 1e-4f);
            ((string)shared[4]!["data"]![0]!).ShouldBe((string)one[4]!["data"]![0]!);
        }

        var after = (await server.SendAsync("GET", "/v2/models/houses/stats")).Json["model_stats"]![0]!;
        ((string)after["name"]!, (string)after["version"]!).ShouldBe(("houses", "1"));
        ((long)after["inference_count"]! - (long)before["inference_count"]!).ShouldBe(40);
        ((long)after["execution_count"]! - (long)before["execution_count"]!).ShouldBeInRange(1, 40);
        ((long)after["inference_stats"]!["success"]!["count"]! - (long)before["inference_stats"]!["success"]!["count"]!).ShouldBe(40);
        ((long)after["inference_stats"]!["success"]!["ns"]!).ShouldBeGreaterThan((long)before["inference_stats"]!["success"]!["ns"]!);
        ((long)after["last_inference"]!).ShouldBeGreaterThanOrEqualTo((long)before["last_inference"]!);
    }

    private static JsonArray Outputs(Answer answer) => answer.Json["outputs"]!.AsArray();

    /// <summary>The document without its white space.</summary>
    private static string Compact(string json) => JsonNode.Parse(json)!.ToJsonString();

    private Task<Answer> InferAsync(string sizes, string styles, string more = "", string datatype = "FP32")
    {
        var rows = JsonNode.Parse(sizes)!.AsArray().Count;
        return server.SendJsonAsync("POST", "/v2/models/houses/infer", $$"""
            {
              {{more}}
              "parameters": { "priority": 1 },
              "inputs": [
                { "name": "size", "shape": [{{rows}}, 1], "datatype": "{{datatype}}", "data": {{sizes}} },
                { "name": "style", "shape": [{{rows}}, 1], "datatype": "BYTES", "parameters": {}, "data": {{styles}} }
              ]
            }
            """);
    }
}
