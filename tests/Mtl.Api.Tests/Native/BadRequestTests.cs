using System.Net;
using Mtl.Api.Tests.Hosting;

namespace Mtl.Api.Tests.Native;

/// <summary>Requests that <c>/api/v1</c> refuses: each with its status and its exact words. <c>{run}</c> is a completed run.</summary>
[Collection(ServerCollection.Name)]
public sealed class BadRequestTests(RunningServer server)
{
    private const string Tasks = "\"tasks\": [{ \"name\": \"t\", \"column\": \"c\", \"kind\": \"regression\" }]";
    private const string Data = "\"data\": { \"dataset\": \"d\" }";

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(int.MaxValue)]
    public async Task A_history_of_any_number_of_points_is_given(int maximumPoints) =>
        (await server.SendAsync("GET", $"/api/v1/runs/{(await server.ModelAsync()).RunId}/metrics?maximumPoints={maximumPoints}")).Status.ShouldBe(HttpStatusCode.OK);

    [Fact]
    public async Task A_body_that_is_no_UTF8_is_refused_rather_than_stored_with_other_characters()
    {
        using var latin = new ByteArrayContent([.. "{ \"path\": \"/caf"u8, 0xE9, .. "\" }"u8]);

        var answer = await server.SendAsync("POST", "/api/v1/datasets/from-path", latin);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        ((string)answer.Json["message"]!).ShouldBe("The request's body is not UTF-8: the byte 0xE9 at 15 begins no character.");
    }

    public static TheoryData<string, string, string, HttpStatusCode, string> Requests => new()
    {
        { "GET", "/api/v1/runs/nope", "", HttpStatusCode.NotFound, "There is no run 'nope'. List the runs to see which exist." },
        { "GET", "/api/v1/runs/nope/metrics", "", HttpStatusCode.NotFound, "There is no run 'nope'. List the runs to see which exist." },
        { "GET", "/api/v1/runs/nope/log", "", HttpStatusCode.NotFound, "There is no run 'nope'. List the runs to see which exist." },
        { "GET", "/api/v1/runs/nope/events", "", HttpStatusCode.NotFound, "There is no run 'nope'. List the runs to see which exist." },
        { "GET", "/api/v1/runs/nope/artifacts", "", HttpStatusCode.NotFound, "There is no run 'nope'. List the runs to see which exist." },
        { "GET", "/api/v1/runs/nope/model", "", HttpStatusCode.NotFound, "There is no run 'nope'. List the runs to see which exist." },
        { "POST", "/api/v1/runs/nope/pause", "", HttpStatusCode.NotFound, "There is no run 'nope'. List the runs to see which exist." },
        { "POST", "/api/v1/runs/nope/resume", "", HttpStatusCode.NotFound, "There is no run 'nope'. List the runs to see which exist." },
        { "POST", "/api/v1/runs/nope/cancel", "", HttpStatusCode.NotFound, "There is no run 'nope'. List the runs to see which exist." },
        { "POST", "/api/v1/runs/%0d%0a/pause", "", HttpStatusCode.NotFound, "There is no run '\r\n'. List the runs to see which exist." },
        { "DELETE", "/api/v1/experiments/%0d%0a", "", HttpStatusCode.NotFound, "There is no experiment '\r\n'. List the experiments to see which exist." },
        { "DELETE", "/api/v1/models/%0d%0a/aliases/a", "", HttpStatusCode.NotFound, "There is no model '\r\n'. Completed runs register theirs; see the list of models." },
        { "PUT", "/api/v1/teams/crew", "{ \"members\": [null] }", HttpStatusCode.BadRequest, "A team's members are names of users; one of them is null." },
        { "GET", "/api/v1/runs/'%20OR%201=1", "", HttpStatusCode.NotFound, "There is no run '' OR 1=1'. List the runs to see which exist." },
        { "POST", "/api/v1/runs/{run}/pause", "", HttpStatusCode.Conflict, "Run '{run}' is completed; 'pause' is not possible then. A finished run stays as it is; start a new one." },
        { "POST", "/api/v1/runs/{run}/resume", "", HttpStatusCode.Conflict, "Run '{run}' is completed; 'resume' is not possible then. A finished run stays as it is; start a new one." },
        { "POST", "/api/v1/runs/{run}/cancel", "", HttpStatusCode.Conflict, "Run '{run}' is completed; 'cancel' is not possible then. A finished run stays as it is; start a new one." },
        { "GET", "/api/v1/runs/{run}/metrics?maximumPoints=many", "", HttpStatusCode.BadRequest, "Failed to bind parameter 'maximumPoints' from \"many\"." },
        { "GET", "/api/v1/runs/{run}/artifacts/none.bin", "", HttpStatusCode.NotFound, "The run '{run}' has no artifact 'none.bin'. List the run's artifacts to see which exist." },
        { "GET", "/api/v1/runs/{run}/artifacts/../../mtl.db", "", HttpStatusCode.NotFound, "There is no run 'mtl.db'. List the runs to see which exist." },
        { "GET", "/api/v1/runs/{run}/artifacts/%2e%2e/%2e%2e/mtl.db", "", HttpStatusCode.NotFound, "There is no run 'mtl.db'. List the runs to see which exist." },
        { "GET", "/api/v1/runs/{run}/artifacts/..%2f..%2fmtl.db", "", HttpStatusCode.NotFound, "The run '{run}' has no artifact '..%2f..%2fmtl.db'. List the run's artifacts to see which exist." },
        { "GET", "/api/v1/runs/{run}/artifacts/..%5c..%5cmtl.db", "", HttpStatusCode.BadRequest, "'..\\..\\mtl.db' can't be an artifact's path: it holds a '\\'. Give a path relative to the run's artifacts, with '/' between folders, such as 'plots/loss.png'." },
        { "GET", "/api/v1/runs/{run}/artifacts//etc/passwd", "", HttpStatusCode.BadRequest, "'/etc/passwd' can't be an artifact's path: it is absolute. Give a path relative to the run's artifacts, with '/' between folders, such as 'plots/loss.png'." },
        { "GET", "/api/v1/runs/{run}/artifacts/%2fetc%2fpasswd", "", HttpStatusCode.NotFound, "The run '{run}' has no artifact '%2fetc%2fpasswd'. List the run's artifacts to see which exist." },
        { "GET", "/api/v1/datasets/nope", "", HttpStatusCode.NotFound, "There is no dataset 'nope'. List the datasets to see which exist." },
        { "GET", "/api/v1/datasets/nope/profile", "", HttpStatusCode.NotFound, "There is no dataset 'nope'. List the datasets to see which exist." },
        { "DELETE", "/api/v1/datasets/nope", "", HttpStatusCode.NotFound, "There is no dataset 'nope'. List the datasets to see which exist." },
        { "POST", "/api/v1/datasets/from-path", "{ \"path\": \"table.csv\" }", HttpStatusCode.BadRequest, "'table.csv' is not an absolute path. Give the file's whole path on the server." },
        { "POST", "/api/v1/datasets/from-path", "{ \"path\": \"/no/such/table.csv\" }", HttpStatusCode.NotFound, "There is no file '/no/such/table.csv' on the server. Check the path, or upload the file." },
        { "POST", "/api/v1/datasets/from-path", "{ \"file\": \"/table.csv\" }", HttpStatusCode.BadRequest, "The document can't be read at 'file': There is no member 'file' here. Correct the document and send it again." },
        { "POST", "/api/v1/datasets/from-path", "{ \"path\": null }", HttpStatusCode.BadRequest, "The document can't be read at 'path': Null is not allowed here. Correct the document and send it again." },
        { "GET", "/api/v1/experiments/nope", "", HttpStatusCode.NotFound, "There is no experiment 'nope'. List the experiments to see which exist." },
        { "GET", "/api/v1/experiments?name=nope", "", HttpStatusCode.NotFound, "There is no experiment named 'nope'. List the experiments to see which exist." },
        { "DELETE", "/api/v1/experiments/nope", "", HttpStatusCode.NotFound, "There is no experiment 'nope'. List the experiments to see which exist." },
        { "POST", "/api/v1/experiments/nope/runs", "", HttpStatusCode.NotFound, "There is no experiment 'nope'. List the experiments to see which exist." },
        { "POST", "/api/v1/experiments", "", HttpStatusCode.BadRequest, "The experiment definition can't be read: It is empty. Correct the document and send it again." },
        { "POST", "/api/v1/experiments", "null", HttpStatusCode.BadRequest, "The experiment definition is null. Send a document." },
        { "POST", "/api/v1/experiments", "{ \"name\": ", HttpStatusCode.BadRequest, "The experiment definition can't be read at 'name': It ends before an object or a list is closed. Correct the document and send it again." },
        { "POST", "/api/v1/experiments", "[1, 2]", HttpStatusCode.BadRequest, "The experiment definition can't be read: A value of another kind is expected here. Correct the document and send it again." },
        { "POST", "/api/v1/experiments", $"{{ \"name\": \"e\", {Data} }}", HttpStatusCode.BadRequest, "The experiment definition can't be read: It lacks 'tasks'. Correct the document and send it again." },
        { "POST", "/api/v1/experiments", $"{{ \"name\": \"e\", {Data}, {Tasks}, \"colour\": 1 }}", HttpStatusCode.BadRequest, "The experiment definition can't be read at 'colour': There is no member 'colour' here. Correct the document and send it again." },
        { "POST", "/api/v1/experiments", $"{{ \"name\": 7, {Data}, {Tasks} }}", HttpStatusCode.BadRequest, "The experiment definition can't be read at 'name': A value of another kind is expected here. Correct the document and send it again." },
        { "POST", "/api/v1/experiments", $"{{ \"name\": \" \", {Data}, {Tasks} }}", HttpStatusCode.BadRequest, "An experiment's name has 1 to 200 characters; this one has 0." },
        { "POST", "/api/v1/experiments", $"{{ \"name\": \"e\", {Tasks}, \"data\": {{}} }}", HttpStatusCode.BadRequest, "Neither data.path nor data.dataset is given; one of them must say where the table is." },
        { "POST", "/api/v1/experiments", $"{{ \"name\": \"e\", {Data}, \"tasks\": [] }}", HttpStatusCode.BadRequest, "The experiment has no task; at least one column must be predicted." },
        { "POST", "/api/v1/experiments", $"{{ \"name\": \"e\", {Data}, \"tasks\": [{{ \"name\": \"t\", \"column\": \"c\", \"kind\": \"ranking\" }}] }}", HttpStatusCode.BadRequest, "The experiment definition can't be read at 'tasks[0].kind': 'ranking' is unknown here; there are regression, binary, multiclass, multilabel, reconstruction, tagging, rating. Correct the document and send it again." },
        { "POST", "/api/v1/experiments", $"{{ \"name\": \"e\", {Data}, {Tasks}, \"architecture\": \"magic\" }}", HttpStatusCode.BadRequest, "There is no architecture 'magic'; the architectures are hps, stl, soft, cross-stitch, mmoe, cgc, ple, mtan, dselect-k, ltb, mixture." },
        { "POST", "/api/v1/experiments", $"{{ \"name\": \"e\", {Data}, {Tasks}, \"weighting\": 3 }}", HttpStatusCode.BadRequest, "The experiment definition can't be read at 'weighting': A method is its key (\"adam\") or an object with its key and options ({\"key\": \"adam\", \"learningRate\": 0.001}). Correct the document and send it again." },
        { "POST", "/api/v1/experiments", $"{{ \"name\": \"e\", {Data}, {Tasks}, \"optimizer\": {{ \"key\": \"adam\", \"speed\": 1 }} }}", HttpStatusCode.BadRequest, "Unknown option 'speed' of optimizer 'adam'; its options are learningRate, beta1, beta2, epsilon, weightDecay." },
        { "POST", "/api/v1/experiments", $"{{ \"name\": \"e\", {Data}, {Tasks}, \"optimizer\": {{ \"key\": \"adam\", \"learningRate\": -1 }} }}", HttpStatusCode.BadRequest, "Option 'learningRate' of optimizer 'adam' is -1; a number from 0 to 10 is expected. The default is 0.001." },
        { "POST", "/api/v1/experiments", $"{{ \"name\": \"e\", {Data}, {Tasks}, \"training\": {{ \"epochs\": 0 }} }}", HttpStatusCode.BadRequest, "training.epochs is 0; allowed is 1 to 100000." },
        { "POST", "/api/v1/experiments", $"{{ \"name\": \"e\", {Data}, {Tasks}, \"training\": {{ \"epochs\": 1.5 }} }}", HttpStatusCode.BadRequest, "The experiment definition can't be read at 'training.epochs': A whole number is expected here. Correct the document and send it again." },
        { "PUT", "/api/v1/experiments/nope", $"{{ \"name\": \"e\", {Data}, {Tasks} }}", HttpStatusCode.NotFound, "There is no experiment 'nope'. List the experiments to see which exist." },
        { "GET", "/api/v1/models/nope/versions/latest", "", HttpStatusCode.NotFound, "There is no model 'nope'. Completed runs register theirs; see the list of models." },
        { "GET", "/api/v1/models/houses/versions/99", "", HttpStatusCode.NotFound, "The model 'houses' has no version 99. List the model's versions to see which exist." },
        { "GET", "/api/v1/models/houses/versions/best", "", HttpStatusCode.NotFound, "Model 'houses' has no version or alias 'best'; it has versions 1 to 1." },
        { "GET", "/api/v1/models/houses/versions/99/file", "", HttpStatusCode.NotFound, "The model 'houses' has no version 99. List the model's versions to see which exist." },
        { "PUT", "/api/v1/models/houses/aliases/best?version=99", "", HttpStatusCode.NotFound, "The model 'houses' has no version 99. List the model's versions to see which exist." },
        { "PUT", "/api/v1/models/houses/aliases/best?version=two", "", HttpStatusCode.BadRequest, "Failed to bind parameter 'version' from \"two\"." },
        { "PUT", "/api/v1/models/houses/aliases/best", "", HttpStatusCode.BadRequest, "Required parameter 'version' was not provided from query string." },
        { "POST", "/api/v1/models/houses/versions/latest/predict", "{}", HttpStatusCode.BadRequest, "The document can't be read: A list is expected here. Correct the document and send it again." },
        { "POST", "/api/v1/models/houses/versions/latest/predict", "[{ \"size\": 3 }]", HttpStatusCode.BadRequest, "Row 1: the input 'style' is not given. Give every input; null stands for a missing value." },
        { "POST", "/api/v1/models/houses/versions/latest/predict", "[{ \"size\": 3, \"style\": \"old\", \"roof\": 1 }]", HttpStatusCode.BadRequest, "Row 1: the model has no input 'roof'; its inputs are size, style." },
        { "POST", "/api/v1/models/houses/versions/latest/predict", "[{ \"size\": \"big\", \"style\": \"old\" }]", HttpStatusCode.BadRequest, "Row 1: 'big' is no finite number, which the input 'size' takes. Null stands for a missing value." },
        { "POST", "/api/v1/models/houses/versions/latest/predict", "[{ \"size\": [1], \"style\": \"old\" }]", HttpStatusCode.BadRequest, "Row 1: 'size' is a list; a number, a text or null is expected." },
        { "POST", "/api/v1/models/houses/versions/latest/predict-csv", "size\n50\n", HttpStatusCode.BadRequest, "The file 'the rows to predict' lacks the column 'style'. It has 'size'. Add what is missing; names must match, case included." },
        { "POST", "/api/v1/models/houses/versions/latest/predict-csv", "size,style\nbig,old\n", HttpStatusCode.BadRequest, "Column 'size', row 1: 'big' is not a number. Correct the value, or leave it empty when it is missing." },
        { "POST", "/api/v1/models/nope/versions/latest/predict", "[]", HttpStatusCode.NotFound, "There is no model 'nope'. Completed runs register theirs; see the list of models." },
        { "GET", "/api/v1/nothing", "", HttpStatusCode.NotFound, "There is no 'GET /api/v1/nothing'. The API's document is at /openapi/v1.json." },
        { "PATCH", "/api/v1/runs", "", HttpStatusCode.NotFound, "There is no 'PATCH /api/v1/runs'. The API's document is at /openapi/v1.json." },
        { "GET", "/api/v2", "", HttpStatusCode.NotFound, "There is no 'GET /api/v2'. The API's document is at /openapi/v1.json." },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task A_wrong_request_is_refused_in_words(string method, string path, string body, HttpStatusCode status, string message)
    {
        var model = await server.ModelAsync();
        var before = server.DatasetFiles;

        var answer = await server.SendJsonAsync(method, path.Replace("{run}", model.RunId, StringComparison.Ordinal), body);

        (answer.Status, answer.Message).ShouldBe((status, message.Replace("{run}", model.RunId, StringComparison.Ordinal)));
        server.DatasetFiles.ShouldBe(before);
        await server.ShouldBeHealthyAsync();
    }

    [Fact]
    public async Task A_document_beyond_the_limit_is_refused()
    {
        var answer = await server.SendAsync("POST", "/api/v1/experiments", new StreamContent(new EndlessTable(17 << 20)));

        (answer.Status, answer.Message).ShouldBe((
            HttpStatusCode.RequestEntityTooLarge, "The request's body is larger than 16 MiB, the most that is accepted here. Send large tables as datasets or CSV files."));
        await server.ShouldBeHealthyAsync();
    }
}
