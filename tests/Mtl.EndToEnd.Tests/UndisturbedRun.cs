using System.Diagnostics;
using Mtl.Core.Definitions;
using Mtl.EndToEnd.Tests.Hosting;
using Mtl.EndToEnd.Tests.Tables;

namespace Mtl.EndToEnd.Tests;

/// <summary>A run that nothing happened to: what disturbed runs of the same definition must come to.</summary>
public sealed class UndisturbedRun : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();

    internal ExperimentDefinition Definition { get; private set; } = null!;

    internal Outcome Outcome { get; private set; } = null!;

    internal TimeSpan Took { get; private set; }

    public async ValueTask InitializeAsync()
    {
        var table = folder["deliveries.csv"];
        Deliveries.WriteCsv(table, rows: 4000);
        Definition = Deliveries.Definition("Deliveries", table, epochs: 450);
        await using var server = await Server.StartAsync(folder["data"]);
        var started = Stopwatch.GetTimestamp();
        Outcome = await Outcome.OfAsync(server, (await server.Api.StartAsync(Definition))[0]);
        Took = Stopwatch.GetElapsedTime(started);
        server.Complaints.ShouldBeEmpty();
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
