using Mtl.Application.Runs;
using Mtl.Core;
using Mtl.Tracking.Models;
using Mtl.Tracking.Runs;

namespace Mtl.Cli.Commands;

/// <summary>Finds what a person means by RUN: a run's id or its beginning, or <c>latest</c>: the newest multi-task run.</summary>
internal static class RunReference
{
    public static async Task<RunSummary> FindAsync(ApiClient client, string reference, CancellationToken cancellation)
    {
        var runs = await client.RunsAsync(null, cancellation);
        var found = reference == "latest" ? runs.Where(run => run.Kind == RunKind.MultiTask).Take(1).ToArray() : runs.Where(run => run.Id.StartsWith(reference, StringComparison.OrdinalIgnoreCase)).ToArray();
        return found switch
        {
            [var one] => one,
            [] => throw new CommandFailedException(Error.NotFound($"There is no run '{reference}'.", "'mtl runs' lists them.")),
            _ => throw new CommandFailedException(Error.Invalid($"'{reference}' is the beginning of {found.Length} runs.", $"Give more of the id: {string.Join(", ", found.Take(5).Select(run => run.Id))}.")),
        };
    }

    /// <summary>The model of that run, or of that name (its latest version).</summary>
    public static async Task<ModelVersion> FindModelAsync(ApiClient client, string reference, CancellationToken cancellation)
    {
        var named = (await client.ModelsAsync(cancellation)).FirstOrDefault(model => model.Name == reference);
        return named ?? await client.ModelOfRunAsync((await FindAsync(client, reference, cancellation)).Id, cancellation);
    }
}
