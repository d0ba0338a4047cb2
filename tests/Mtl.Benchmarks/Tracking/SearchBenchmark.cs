using System.Globalization;
using System.Text.Json.Nodes;
using Mtl.Core.Random;
using Mtl.Testing.Load;

namespace Mtl.Benchmarks.Tracking;

/// <summary>Searches over 100,000 runs through MLflow's protocol, each with two conditions and an order: first pages of many different searches, and one search after the other page by page.</summary>
internal static class SearchBenchmark
{
    private const int FirstPages = 60;
    private const int DeepPages = 60;
    private const int PageSize = 100;
    private const double MostMilliseconds = 100;

    /// <summary>Filter and order of a search; the numbers make each one different.</summary>
    private static readonly (string Name, Func<Numbers, string> Filter, Func<Numbers, string> Order)[] Kinds =
    [
        ("metric and parameter, by metric", n => $"metrics.`metric-{n.Key}` > {n.Part} and params.`param-{n.Other}` = 'v{n.Value}'", n => $"metrics.`metric-{n.Third}` DESC"),
        ("two metrics, by start", n => $"metrics.`metric-{n.Key}` > {n.Part} and metrics.`metric-{n.Other}` < 0.5", _ => "attributes.start_time DESC"),
        ("two parameters, by metric", n => $"params.`param-{n.Key}` = 'v{n.Value}' and params.`param-{n.Other}` != 'v1'", n => $"metrics.`metric-{n.Third}` ASC"),
        ("status and metric, by the same metric", n => $"attributes.status = 'FINISHED' and metrics.`metric-{n.Key}` < {n.Part}", n => $"metrics.`metric-{n.Key}` DESC"),
    ];

    /// <returns>Whether all limits were kept.</returns>
    public static async Task<bool> RunAsync(string storeName)
    {
        await using var store = await BenchStore.OpenAsync(storeName);
        await ManyRuns.LoadAsync(store);
        await using var server = await BenchServer.StartAsync(store.DataFolder, store.Connection);
        using var client = new MlflowClient(server.Address);
        var isKept = true;
        Console.WriteLine("search                                   first page: p50, ms   p95, ms   page by page: pages   p50, ms   p95, ms");
        foreach (var (index, (name, filter, order)) in Kinds.Index())
        {
            var random = new CounterRandom((ulong)index, "searches");
            await SearchAsync(client, filter(Numbers.At(random, 0)), order(Numbers.At(random, 0)), null);
            var (first, deep) = (new Times(), new Times());
            for (var search = 1; search <= FirstPages; search++)
            {
                var numbers = Numbers.At(random, search);
                await first.OfAsync(() => SearchAsync(client, filter(numbers), order(numbers), null));
            }

            await DeepAsync(client, deep, search => (filter(Numbers.At(random, search)), order(Numbers.At(random, search))));
            isKept &= first.Quantile(0.95) < MostMilliseconds && deep.Quantile(0.95) < MostMilliseconds;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{name,-40} {first.Quantile(0.5),19:N1} {first.Quantile(0.95),9:N1} {deep.Count,21} {deep.Quantile(0.5),9:N1} {deep.Quantile(0.95),9:N1}"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"memory of the server: {server.Megabytes:N0} MB (peak {server.PeakMegabytes:N0})"));
        return isKept;
    }

    /// <summary>Follows the tokens of one search after the other, until there are enough pages.</summary>
    private static async Task DeepAsync(MlflowClient client, Times deep, Func<int, (string Filter, string Order)> searchOf)
    {
        for (var search = 1; deep.Count < DeepPages; search++)
        {
            var (filter, order) = searchOf(search);
            for (var token = await SearchAsync(client, filter, order, null); token is not null && deep.Count < DeepPages;)
            {
                var here = token;
                token = await deep.OfAsync(() => SearchAsync(client, filter, order, here));
            }
        }
    }

    /// <returns>The token of the next page; null at the end.</returns>
    private static async Task<string?> SearchAsync(MlflowClient client, string filter, string order, string? token)
    {
        var query = new JsonObject { ["experiment_ids"] = new JsonArray(ManyRuns.ExperimentId), ["filter"] = filter, ["order_by"] = new JsonArray(order), ["max_results"] = PageSize };
        if (token is not null)
            query["page_token"] = token;
        return (string?)(await client.PostAsync("runs/search", query))["next_page_token"] is { Length: > 0 } next ? next : null;
    }

    /// <summary>What makes one search different from another.</summary>
    private sealed record Numbers(int Key, int Other, int Third, int Value, string Part)
    {
        public static Numbers At(CounterRandom random, int search)
        {
            var first = (int)(random.UInt((ulong)search * 4) % ManyRuns.Keys);
            var value = (int)(random.UInt(((ulong)search * 4) + 1) % ManyRuns.ParameterValues);
            var part = 0.05 + (0.9 * random.Float(((ulong)search * 4) + 2));
            return new Numbers(first, (first + 7) % ManyRuns.Keys, (first + 3) % ManyRuns.Keys, value, part.ToString("0.000", CultureInfo.InvariantCulture));
        }
    }
}
