using Mtl.Core.Definitions;
using Mtl.Storage;
using Mtl.Tracking.Collaboration;
using Mtl.Tracking.Collaboration.Webhooks;
using Mtl.Tracking.Experiments;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Models;
using Mtl.Tracking.Runs;
using Mtl.Tracking.Tags;

namespace Mtl.EndToEnd.Tests.Scripts;

/// <summary>
/// A data folder whose every text is meant to run as a script in the browser of whoever looks at it. A field's text says which field it is: <c>seen-run-name</c> and so on. What runs calls
/// <c>planted</c> with the field's name.
/// </summary>
internal static class HostileRecords
{
    public const string Tracked = "tracked";
    public const string Trained = "trained";
    public const string Run = "r1";
    public const string Other = "r2";
    public const string TrainedRun = "t1";
    public const string Webhook = "w";

    /// <summary>Without the slash that ends a task's name in the keys of its metrics.</summary>
    private static readonly string TaskName = FileName("task-name", "");

    private static readonly DateTimeOffset Then = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A text that runs wherever HTML is taken from it, and can be seen wherever it is shown as text.</summary>
    public static string Text(string field) =>
        $"seen-{field}\"'><img src=x onerror=\"planted('{field}')\"><script>planted('{field}')</script><svg onload=planted('{field}')></svg><a href=\"javascript:planted('{field}')\" class=planted>x</a>`${{planted('{field}')}}`";

    /// <summary>The same as far as a file's name can hold it, which has no slash.</summary>
    public static string FileName(string field, string ending) => $"seen-{field}\"'><img src=x onerror=planted('{field}')>{ending}";

    /// <summary>The same in Markdown, with what Markdown itself makes of links and images.</summary>
    public static string Markdown(string field) =>
        $"{Text(field)}\n\n[link-{field}](javascript:planted('{field}'))\n\n![image](x\" onerror=\"planted('{field}'))\n\n<javascript:planted('{field}')>\n\n[a]: data:text/html,<script>planted('{field}')</script>\n\n[a]\n";

    public static async Task WriteAsync(string dataFolder)
    {
        using var stores = ServerStorage.Open(dataFolder).Value;
        Directory.CreateDirectory(Path.Combine(dataFolder, "datasets"));
        await File.WriteAllTextAsync(Path.Combine(dataFolder, "datasets", ".sample-made"), "");
        await ExperimentsAsync(stores);
        await RunsAsync(stores);
        await FilesAsync(stores);
        await ModelsAsync(stores);
        await TogetherAsync(stores);
    }

    private static async Task ExperimentsAsync(ServerStorage stores)
    {
        (await stores.Experiments.AddAsync(new Experiment(Tracked, Text("experiment-name"), null, Then, Then, false, 0))).IsSuccess.ShouldBeTrue();
        (await stores.Experiments.AddAsync(new Experiment(Trained, Text("trained-name"), Definition(), Then, Then, false, 0))).IsSuccess.ShouldBeTrue();
    }

    private static ExperimentDefinition Definition() => new(
        Text("trained-name"), new DataDefinition { Path = $"/tmp/{Text("data-path")}" }, [new TaskDefinition(TaskName, Text("task-column"), TaskKind.Regression)])
    {
        Description = Text("description"),
    };

    private static async Task RunsAsync(ServerStorage stores)
    {
        foreach (var (id, name) in new[] { (Run, "run-name"), (Other, "other-run-name") })
        {
            var run = new Run(id, Tracked, Text(name), RunKind.Tracked, null, Then) { Status = RunStatus.Failed, StartedAt = Then, EndedAt = Then.AddHours(1), Failure = Text("failure"), Owner = Text("owner") };
            (await stores.Runs.AddAsync(run)).IsSuccess.ShouldBeTrue();
            await stores.RunData.LogAsync(id, new RunBatch(
                [.. Enumerable.Range(1, 5).Select(step => new MetricPoint(Text("metric-key"), step, step, Then))],
                new Dictionary<string, string> { [Text("param-key")] = Text($"param-value-{id}"), ["lr"] = id },
                new Dictionary<string, string> { [Text("tag-key")] = Text("tag-value"), ["mlflow.note.content"] = Markdown("run-note"), ["mlflow.source.name"] = Text("client-tag") }));
            await stores.RunData.AddInputsAsync(
                id, [new DatasetInput(Text("dataset-name"), Text("dataset-digest"), "local", "x", "{}", "{}", new Dictionary<string, string> { ["mlflow.data.context"] = Text("dataset-context") })], []);
            await stores.Logs.AppendAsync(id, [new LogLine(0, 1, Then, LogSeverity.Warning, Text("log-line"))]);
        }

        var trained = new Run(TrainedRun, Trained, Text("trained-run-name"), RunKind.MultiTask, Definition(), Then) { Status = RunStatus.Failed, Failure = Text("trained-failure") };
        (await stores.Runs.AddAsync(trained)).IsSuccess.ShouldBeTrue();
        await stores.Metrics.AppendAsync(TrainedRun, [new MetricPoint($"{TaskName}/val_loss", 1, 1, Then)]);
        await stores.Logs.AppendAsync(TrainedRun, [new LogLine(0, 1, Then, LogSeverity.Error, Text("trained-log-line"))]);
    }

    private static async Task FilesAsync(ServerStorage stores)
    {
        (string Path, string Content)[] files =
        [
            ($"{FileName("folder", "")}/inside.txt", "inside"),
            (FileName("file-name", ".txt"), Text("text-content")),
            ("data.json", $"{{\"key\": \"{Text("json-content").Replace("\"", "\\\"", StringComparison.Ordinal)}\"}}"),
            ("page.html", $"<!doctype html><title>page</title><body><script>planted('html'); document.title = 'ran'</script>{Text("html-content")}"),
            ("picture.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9' onload=\"document.documentElement.setAttribute('data-ran', 1)\"><rect width='9' height='9'/><script>document.documentElement.setAttribute('data-ran', 1)</script></svg>"),
            ("picture.png", "<!doctype html><script>document.title = 'ran'</script>"),
        ];
        foreach (var (path, content) in files)
            (await stores.Artifacts.WriteAsync(Run, path, stream => stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(content)).AsTask())).Error.ShouldBeNull(path);
    }

    private static async Task ModelsAsync(ServerStorage stores)
    {
        (await stores.ModelRegistry.AddModelAsync(new RegisteredModel("m", Markdown("model-description"), Then, Then))).IsSuccess.ShouldBeTrue();
        (await stores.ModelRegistry.AddModelAsync(new RegisteredModel(Text("model-name").Replace("/", "", StringComparison.Ordinal), "", Then, Then))).IsSuccess.ShouldBeTrue();
        var version = new ModelVersion("m", 0, Run, "", 0, "", Then) { Description = Markdown("version-description"), Source = Text("version-source"), RunLink = $"javascript:planted('run-link')", Owner = Text("version-owner"), Stage = "Production" };
        (await stores.ModelRegistry.AddVersionAsync(version)).IsSuccess.ShouldBeTrue();
        (await stores.Models.SetAliasAsync("m", Text("alias"), 1)).IsSuccess.ShouldBeTrue();
        await stores.Tags.SetAsync(TagOwner.RegisteredModel("m"), new Dictionary<string, string> { [Text("model-tag-key")] = Text("model-tag-value") });
        await stores.Tags.SetAsync(TagOwner.ModelVersion("m", 1), new Dictionary<string, string> { [Text("version-tag-key")] = Text("version-tag-value") });
    }

    private static async Task TogetherAsync(ServerStorage stores)
    {
        await stores.Tags.SetAsync(TagOwner.Experiment(Tracked), new Dictionary<string, string> { [Text("experiment-tag-key")] = Text("experiment-tag-value"), ["mlflow.note.content"] = Markdown("experiment-note") });
        foreach (var (on, name) in new[] { (TagOwner.Run(Run), "run"), (TagOwner.Experiment(Tracked), "experiment"), (TagOwner.RegisteredModel("m"), "model") })
            (await stores.Comments.AddAsync(new Comment($"c-{name}", on, Text($"{name}-author"), Markdown($"{name}-comment"), Then, null))).IsSuccess.ShouldBeTrue();
        (await stores.Views.AddAsync(new SavedView("v", Tracked, Text("view-name"), $"filter={Uri.EscapeDataString(Text("view-filter"))}", Text("view-author"), Then, Then))).IsSuccess.ShouldBeTrue();
        var webhook = new Webhook(Webhook, Text("webhook-name"), $"http://127.0.0.1:9/{Text("webhook-url")}", WebhookEvent.All, Text("webhook-experiment"), Text("webhook-model"), "none", false, "", Then);
        (await stores.Webhooks.AddAsync(webhook)).IsSuccess.ShouldBeTrue();
        (await stores.Webhooks.AddDeliveryAsync(new WebhookDelivery("d", Webhook, Text("delivery-event"), Text("delivery-payload"), DeliveryStatus.Dead, 7, Then, Then, Text("delivery-outcome")))).IsSuccess.ShouldBeTrue();
    }
}
