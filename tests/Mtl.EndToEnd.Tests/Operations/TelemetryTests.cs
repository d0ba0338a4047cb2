using Mtl.EndToEnd.Tests.Hosting;

namespace Mtl.EndToEnd.Tests.Operations;

public sealed class TelemetryTests
{
    [Fact(Timeout = 180_000)]
    public async Task Traces_and_metrics_go_to_the_collector_that_the_settings_name()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        using var folder = new TemporaryFolder();
        await using var server = await Server.StartAsync(folder["data"], [], new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "300",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "300",
            ["OTEL_SERVICE_NAME"] = "mtl-under-test",
        });
        using var client = new HttpClient { BaseAddress = server.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/runs/nope");
        request.Headers.Add("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        using var response = await client.SendAsync(request);

        var metrics = await collector.UntilAsync("/v1/metrics", "http.server.request.duration", "/api/v1/runs/{id}", "mtl.runs", "mtl.store.write.duration", "dotnet.process.cpu.time", "mtl-under-test");
        metrics.ContentType.ShouldBe("application/x-protobuf");
        var traces = await collector.UntilAsync("/v1/traces", "/api/v1/runs/{id}", "mtl-under-test");
        traces.Body.ShouldContain("\u004b\u00f9\u002f\u0035\u0077\u00b3\u004d\u00a6\u00a3\u00ce\u0092\u009d\u000e\u000e\u0047\u0036", customMessage: "the caller's trace goes on");
    }

    [Fact(Timeout = 60_000)]
    public async Task An_address_that_is_none_keeps_the_server_from_starting_and_is_named()
    {
        using var folder = new TemporaryFolder();

        var refused = await MtlProgram.RunAsync(folder.Path, ["up", "--data", folder["data"], "--port", "0"], new Dictionary<string, string> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "collector" });

        refused.ShouldBe(new ProgramResult(
            1,
            "Error: The setting OTEL_EXPORTER_OTLP_ENDPOINT is 'collector', which is no address of a collector; http://host:4318 and https://host:4318 are possible.\nCorrect it, or unset it to send nothing.\n",
            ""));
    }
}
