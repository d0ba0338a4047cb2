using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Mtl.EndToEnd.Tests.Browser;
using Mtl.EndToEnd.Tests.Hosting;

namespace Mtl.EndToEnd.Tests;

/// <summary>A page comes with its content, and keeps it when its connection to the server takes it over.</summary>
public sealed class FirstViewTests(Chromium chromium) : IClassFixture<Chromium>, IDisposable
{
    /// <summary>Keeps the shortest text that the page has had since it first had all of its own: with a heading, and the browser done with what the server sent.</summary>
    private const string Watch = """
        addEventListener('DOMContentLoaded', () => {
          const length = () => document.querySelector('main')?.innerText.length ?? 0;
          window.shortest = window.first = length();
          new MutationObserver(() => window.shortest = Math.min(window.shortest, length())).observe(document.documentElement, { childList: true, subtree: true });
        });
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact(Timeout = 300_000)]
    public async Task No_page_goes_blank_when_it_becomes_live()
    {
        await using var server = await Server.StartAsync(folder["data"]);
        var (logged, run) = await LogAsync(server.Address);
        var sample = (await server.Api.ExperimentsAsync()).Single(experiment => experiment.Id != logged).Id;
        await using var visitor = await Visitor.ArriveAsync(chromium.Browser, server.Address);
        await visitor.Page.AddInitScriptAsync(Watch);

        foreach (var address in new[]
        {
            "", $"experiments/{sample}", $"experiments/{sample}?tab=notes", $"experiments/{logged}", $"experiments/{logged}?tab=groups", $"experiments/{logged}?tab=compare",
            $"runs/{run}", $"runs/{run}?tab=curves", $"runs/{run}?tab=artifacts", "models", "models/digits", "webhooks", "experiments/new",
        })
        {
            await visitor.OpenAsync(address);
            var lengths = await visitor.Page.EvaluateAsync<int[]>("() => [window.first, window.shortest]");
            lengths[0].ShouldBeGreaterThan(50, address);
            lengths[1].ShouldBeGreaterThan(lengths[0] * 9 / 10, address);
        }

        visitor.Errors.ShouldBeEmpty();
    }

    /// <summary>Two runs and a registered model, as a client logs them.</summary>
    private static async Task<(string Experiment, string Run)> LogAsync(Uri server)
    {
        using var http = new HttpClient { BaseAddress = new Uri(server, "/api/2.0/mlflow/") };
        var experiment = (string)(await PostAsync("experiments/create", new { name = "Digits" }))["experiment_id"]!;
        var run = "";
        for (var seed = 0; seed < 2; seed++)
        {
            run = (string)(await PostAsync("runs/create", new { experiment_id = experiment, run_name = $"digits-{seed}", start_time = 1_700_000_000_000L }))["run"]!["info"]!["run_id"]!;
            await PostAsync("runs/log-batch", new
            {
                run_id = run,
                metrics = Enumerable.Range(0, 5).Select(step => new { key = "loss", value = 1.0 / (step + 1), step, timestamp = 1_700_000_000_000L + step }),
                @params = new[] { new { key = "seed", value = $"{seed}" }, new { key = "lr", value = "0.1" } },
            });
        }

        await PostAsync("registered-models/create", new { name = "digits", description = "Reads handwritten digits." });
        return (experiment, run);

        async Task<JsonNode> PostAsync(string path, object body)
        {
            using var response = await http.PostAsJsonAsync(path, body);
            response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
            return (await response.Content.ReadFromJsonAsync<JsonNode>())!;
        }
    }
}
