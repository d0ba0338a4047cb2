using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Tracking.Experiments;
using Mtl.Tracking.Runs;
using Shouldly;
using Xunit;

namespace Mtl.Testing.Stores;

/// <summary>What the suites share. A suite is run over an implementation by deriving from it with that implementation's source.</summary>
public abstract class StoreConformance(StoreSource source) : IAsyncLifetime
{
    /// <summary>2026-03-01 12:00:00.1234567 UTC: a time with every digit that must be kept.</summary>
    protected static DateTimeOffset Noon { get; } = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).AddTicks(1_234_567);

    protected StoreSet Stores { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Stores = await source.OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A definition with something in every part.</summary>
    protected static ExperimentDefinition Definition(string name = "Adult") => new(
        name,
        new DataDefinition { Path = "adult.csv" },
        [new TaskDefinition("income", "income", TaskKind.Binary) { Positive = ">50K" }, new TaskDefinition("age", "age", TaskKind.Regression) { Loss = new Choice("huber") }])
    {
        Description = "Größe ≥ 1, \"quoted\", 数据",
        Inputs = new InputsDefinition { Exclude = ["id"] },
    };

    protected static Experiment NewExperiment(string id, string? name = null, DateTimeOffset? at = null) => new(id, name ?? id, Definition(name ?? id), at ?? Noon, at ?? Noon, false, 0);

    protected static Run NewRun(string id, string experimentId = "e", DateTimeOffset? at = null) => new(id, experimentId, $"name of {id}", RunKind.MultiTask, Definition(), at ?? Noon);

    /// <summary>Adds the experiment <c>e</c> and the named runs of it.</summary>
    protected async Task AddRunsAsync(params string[] ids)
    {
        (await Stores.Experiments.AddAsync(NewExperiment("e"))).IsSuccess.ShouldBeTrue();
        foreach (var id in ids)
            (await Stores.Runs.AddAsync(NewRun(id))).IsSuccess.ShouldBeTrue();
    }
}
