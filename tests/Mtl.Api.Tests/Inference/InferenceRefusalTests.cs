using System.Net;
using System.Text.Json.Nodes;
using Mtl.Api.Tests.Hosting;
using Mtl.Api.Tests.Native;

namespace Mtl.Api.Tests.Inference;

/// <summary>What the Open Inference Protocol's endpoints refuse: each with its status and the exact error.</summary>
[Collection(ServerCollection.Name)]
public sealed class InferenceRefusalTests(RunningServer server)
{
    private const string Style = """{ "name": "style", "shape": [1, 1], "datatype": "BYTES", "data": ["old"] }""";
    private const string Good = $$"""{ "inputs": [{ "name": "size", "shape": [1, 1], "datatype": "FP32", "data": [50] }, {{Style}}] }""";

    public static TheoryData<string, string> Bodies => new()
    {
        { "", "The request is not JSON: The input does not contain any JSON tokens. Expected the input to start with a valid JSON token, when isFinalBlock is true. LineNumber: 0 | BytePositionInLine: 0." },
        { "{ \"inputs\": ", "The request is not JSON: Expected depth to be zero at the end of the JSON payload. There is an open JSON object or array that should be closed. LineNumber: 0 | BytePositionInLine: 12." },
        { "[]", "The request is a list; it must be an object with inputs." },
        { "null", "The request is null; it must be an object with inputs." },
        { "{}", "inputs is not given; it must be a list of tensors." },
        { """{ "inputs": null }""", "inputs is null; it must be a list of tensors." },
        { """{ "inputs": {} }""", "inputs is an object; it must be a list of tensors." },
        { """{ "inputs": [] }""", "inputs is empty; give a tensor for every input of the model." },
        { """{ "inputs": [7] }""", "inputs[0] is a number; it must be an object with a name." },
        { """{ "id": 7, "inputs": [] }""", "id is a number; it must be a text." },
        { """{ "inputs": [{}] }""", "inputs[0].name is not given." },
        { """{ "inputs": [{ "name": 7 }] }""", "inputs[0].name is a number; it must be a text." },
        { """{ "inputs": [{ "name": "size", "shape": [1, 1], "data": [1] }] }""", "inputs[0].datatype is not given." },
        { Size("\"FP16\"", "[1, 1]", "[50]"), "inputs[0].datatype of 'size' is 'FP16'; FP32, FP64, INT32, INT64, BYTES are taken." },
        { Size("\"fp32\"", "[1, 1]", "[50]"), "inputs[0].datatype of 'size' is 'fp32'; FP32, FP64, INT32, INT64, BYTES are taken." },
        { Size("32", "[1, 1]", "[50]"), "inputs[0].datatype is a number; it must be a text." },
        { """{ "inputs": [{ "name": "size", "datatype": "FP32", "data": [1] }] }""", "inputs[0].shape of 'size' is not given; it must be [n, 1]." },
        { Size("\"FP32\"", "[1]", "[50]"), "inputs[0].shape of 'size' is [1]; it must be [n, 1] with at least one row." },
        { Size("\"FP32\"", "[1, 2]", "[50, 60]"), "inputs[0].shape of 'size' is [1, 2]; it must be [n, 1] with at least one row." },
        { Size("\"FP32\"", "[0, 1]", "[]"), "inputs[0].shape of 'size' is [0, 1]; it must be [n, 1] with at least one row." },
        { Size("\"FP32\"", "[-1, 1]", "[50]"), "inputs[0].shape of 'size' is [-1, 1]; it must be [n, 1] with at least one row." },
        { Size("\"FP32\"", "[1.5, 1]", "[50]"), "inputs[0].shape of 'size' is [1.5, 1]; it must be [n, 1] with at least one row." },
        { Size("\"FP32\"", "\"1x1\"", "[50]"), "inputs[0].shape of 'size' is \"1x1\"; it must be [n, 1] with at least one row." },
        { """{ "inputs": [{ "name": "size", "shape": [1, 1], "datatype": "FP32" }] }""", "inputs[0].data of 'size' is not given." },
        { Size("\"FP32\"", "[1, 1]", "50"), "inputs[0].data of 'size' is a number; it must be a list of values." },
        { Size("\"FP32\"", "[3, 1]", "[50, 60]"), "inputs[0].data of 'size' holds 2 values; the shape [3, 1] holds 3." },
        { Size("\"FP32\"", "[2, 1]", "[[50, 60]]"), "inputs[0].data of 'size' holds 1 values; the shape [2, 1] holds 2." },
        { Size("\"FP32\"", "[1, 1]", "[\"big\"]"), "inputs[0].data[0] is \"big\"; FP32 takes numbers, and null or \"NaN\" for a missing one." },
        { Size("\"FP32\"", "[2, 1]", "[1, true]"), "inputs[0].data[1] is true; FP32 takes numbers, and null or \"NaN\" for a missing one." },
        { Size("\"FP32\"", "[1, 1]", "[[[50]]]"), "inputs[0].data[0] is [[50]]; FP32 takes numbers, and null or \"NaN\" for a missing one." },
        { Size("\"FP32\"", "[1, 1]", "[1e39]"), "inputs[0].data[0] is 1e39; that is beyond what float32, in which models compute, can hold." },
        { Size("\"FP32\"", "[1, 1]", "[\"Infinity\"]"), "inputs[0].data[0] is \"Infinity\"; FP32 takes numbers, and null or \"NaN\" for a missing one." },
        { Size("\"INT64\"", "[1, 1]", "[1.5]"), "inputs[0].data[0] is 1.5; INT64 takes whole numbers." },
        { Size("\"BYTES\"", "[1, 1]", "[50]"), "inputs[0].data[0] is 50; BYTES takes texts, and null or \"\" for a missing one." },
        { Size("\"BYTES\"", "[1, 1]", "[\"50\"]"), "The input 'size' of model 'houses/1' holds texts; the model takes numbers." },
        { Size("\"FP32\"", "[2, 1]", "[50, 60]"), "The input 'style' has 1 rows, others have 2; all inputs must have as many." },
        { $$"""{ "inputs": [{{Style}}] }""", "The input 'size' of model 'houses/1' is not given. Give every input; NaN and the empty text stand for missing values." },
        { $$"""{ "inputs": [{{Style}}, {{Style}}] }""", "inputs names 'style' 2 times; once is enough." },
        { Size("\"FP32\"", "[1, 1]", "[50]").Replace("\"size\"", "\"height\"", StringComparison.Ordinal), "Model 'houses/1' has no input 'height'; its inputs are size, style." },
        { Size("\"FP32\"", "[1, 1]", "[50]").Replace("old", "\\ud800", StringComparison.Ordinal), "The request is not JSON: Cannot read incomplete UTF-16 JSON text as string with missing low surrogate." },
        { Asking("""[{ "name": "height" }]"""), "Model 'houses/1' has no output 'height'; its outputs are price, sold, sold_label, region, region_label." },
        { Asking("""[{ "name": "price" }, { "name": "price" }]"""), "outputs names 'price' 2 times; once is enough." },
        { Asking("""["price"]"""), "outputs[0] is a text; it must be an object with a name." },
        { Asking("\"price\""), "outputs is a text; it must be a list of tensors." },
    };

    public static TheoryData<string, string, string> Paths => new()
    {
        { "GET", "/v2/models/nope", "There is no model 'nope'. Completed runs register theirs; see the list of models." },
        { "GET", "/v2/models/nope/ready", "There is no model 'nope'. Completed runs register theirs; see the list of models." },
        { "GET", "/v2/models/nope/stats", "There is no model 'nope'. Completed runs register theirs; see the list of models." },
        { "POST", "/v2/models/nope/infer", "There is no model 'nope'. Completed runs register theirs; see the list of models." },
        { "GET", "/v2/models/houses/versions/2", "The model 'houses' has no version 2. List the model's versions to see which exist." },
        { "GET", "/v2/models/houses/versions/2/ready", "The model 'houses' has no version 2. List the model's versions to see which exist." },
        { "POST", "/v2/models/houses/versions/2/infer", "The model 'houses' has no version 2. List the model's versions to see which exist." },
        { "POST", "/v2/models/houses/versions/best/infer", "Model 'houses' has no version or alias 'best'; it has versions 1 to 1." },
        { "GET", "/v2/models", "There is no 'GET /v2/models'." },
        { "GET", "/v2/models/houses/infer", "There is no 'GET /v2/models/houses/infer'." },
        { "POST", "/v2/repository/models/houses/load", "There is no 'POST /v2/repository/models/houses/load'." },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_wrong_request_is_refused_in_the_protocols_form(string body, string message)
    {
        await server.ModelAsync();

        var answer = await server.SendJsonAsync("POST", "/v2/models/houses/infer", body);

        answer.ShouldBe(Refusal(HttpStatusCode.BadRequest, message));
        (await server.SendJsonAsync("POST", "/v2/models/houses/infer", Good)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task What_does_not_exist_is_said_to_be_missing(string method, string path, string message)
    {
        await server.ModelAsync();

        (await server.SendJsonAsync(method, path, Good)).ShouldBe(Refusal(HttpStatusCode.NotFound, message));
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused()
    {
        await server.ModelAsync();

        var answer = await server.SendAsync("POST", "/v2/models/houses/infer", new StreamContent(new EndlessTable(17 << 20)));

        answer.ShouldBe(Refusal(
            HttpStatusCode.RequestEntityTooLarge, "The request's body is larger than 16 MiB, the most that is accepted here. Send large tables as datasets or CSV files."));
        await server.ShouldBeHealthyAsync();
    }

    [Fact]
    public async Task Binary_tensor_data_is_refused_by_name()
    {
        await server.ModelAsync();
        using var content = new StringContent(Good);
        content.Headers.Add("Inference-Header-Content-Length", "20");

        (await server.SendAsync("POST", "/v2/models/houses/infer", content))
            .ShouldBe(Refusal(HttpStatusCode.BadRequest, "Binary tensor data is not supported. Send the tensors' data as JSON (binary_data=False)."));
    }

    private static Answer Refusal(HttpStatusCode status, string message)
    {
        var text = JsonValue.Create(message).ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        return new Answer(status, $"{{\"error\":{text}}}");
    }

    private static string Size(string datatype, string shape, string data) =>
        $$"""{ "inputs": [{ "name": "size", "shape": {{shape}}, "datatype": {{datatype}}, "data": {{data}} }, {{Style}}] }""";

    private static string Asking(string outputs) => $$"""{{Good[..^1]}}, "outputs": {{outputs}} }""";
}
