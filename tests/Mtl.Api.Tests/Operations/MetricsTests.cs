using System.Net;
using Mtl.Api.Tests.Hosting;

namespace Mtl.Api.Tests.Operations;

[Collection(MetricsCollection.Name)]
public sealed class MetricsTests(RunningServer server)
{
    [Fact]
    public async Task Requests_are_counted_by_route_and_status_with_their_durations()
    {
        const string Requests = "http_server_request_duration_seconds_count";
        string[] labels = ["http_route=\"/api/v1/runs/{id}\"", "http_response_status_code=\"404\"", "http_request_method=\"GET\""];
        var before = await MetricsPage.ReadAsync(server);

        for (var i = 0; i < 3; i++)
            (await server.SendAsync("GET", $"/api/v1/runs/nope-{i}")).Status.ShouldBe(HttpStatusCode.NotFound);

        var after = await MetricsPage.ReadAsync(server);
        (after[Requests, labels] - before[Requests, labels]).ShouldBe(3);
        after["http_server_request_duration_seconds_bucket", [.. labels, "le=\"+Inf\""]].ShouldBe(after[Requests, labels]);
        after.Text.ShouldNotContain("nope-");
    }

    [Fact]
    public async Task Training_the_store_and_predictions_are_counted()
    {
        var before = await MetricsPage.ReadAsync(server);
        var model = await server.ModelAsync();
        (await server.SendJsonAsync("POST", "/api/v1/models/houses/versions/latest/predict", """[{ "size": 50, "style": "old" }]""")).Status.ShouldBe(HttpStatusCode.OK);

        var after = await MetricsPage.ReadAsync(server);
        var trained = (await server.SendAsync("GET", $"/api/v1/runs/{model.RunId}")).Json["summary"]!["progress"]!["step"]!.GetValue<double>();

        after["mtl_training_steps_total"].ShouldBeGreaterThanOrEqualTo(trained);
        after["mtl_prediction_rows_total", "model=\"houses/1\""].ShouldBeGreaterThan(before["mtl_prediction_rows_total", "model=\"houses/1\""]);
        after["mtl_prediction_duration_seconds_count", "model=\"houses/1\""].ShouldBeGreaterThan(0);
        foreach (var gauge in (string[])["mtl_prediction_waiting", "mtl_training_active", "mtl_training_waiting", "mtl_store_writes_waiting"])
        {
            after.Text.ShouldContain($"# TYPE {gauge} gauge");
            after[gauge].ShouldBe(0, gauge);
        }

        after["mtl_metric_points_written_total"].ShouldBeGreaterThan(0);
        after["mtl_store_write_duration_seconds_count"].ShouldBeGreaterThan(0);
        after["mtl_store_write_batch_count"].ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Runs_are_shown_by_status_and_the_process_by_its_memory_and_time()
    {
        var page = await MetricsPage.ReadAsync(server);

        foreach (var status in (string[])["queued", "running", "paused", "completed", "failed", "cancelled"])
            page.Text.ShouldContain($"status=\"{status}\"");
        page["dotnet_process_memory_working_set_bytes"].ShouldBeGreaterThan(1 << 20);
        page["dotnet_process_cpu_time_seconds_total"].ShouldBeGreaterThan(0);
    }
}
