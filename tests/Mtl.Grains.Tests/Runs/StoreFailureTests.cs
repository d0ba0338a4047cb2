using Microsoft.Extensions.DependencyInjection;
using Mtl.Core;
using Mtl.Grains.Tests.Hosting;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Runs;

namespace Mtl.Grains.Tests.Runs;

/// <summary>Runs whose store fails them for a while.</summary>
public sealed class StoreFailureTests
{
    [Fact]
    public async Task An_end_that_could_not_be_written_is_written_by_the_next_tick()
    {
        BreakingRunStore? runs = null;
        await using var platform = await Platform.StartAsync(services: services => services.AddSingleton<IRunStore>(runs = new BreakingRunStore(Inner<IRunStore>(services), failures: 3)));

        var id = await platform.StartRunAsync(SmallTable.Definition(platform.Table));
        await platform.CompleteAsync(id);

        runs.ShouldNotBeNull().Failures.ShouldBe(0);
        (await platform.Storage.Models.ListAsync("small")).ShouldHaveSingleItem();
        (await platform.Slots.Describe()).FreeCores.ShouldBe(2);
    }

    [Fact]
    public async Task Metrics_that_cannot_be_written_fail_the_run_with_the_reason()
    {
        await using var platform = await Platform.StartAsync(services: services => services.AddSingleton<IMetricStore>(new FullMetricStore(Inner<IMetricStore>(services))));

        var failed = await platform.EndOfAsync(await platform.StartRunAsync(SmallTable.Definition(platform.Table)));

        failed.Status.ShouldBe(RunStatus.Failed);
        failed.Failure.ShouldBe(
            "Training broke off: No space left on device. Checkpoints made before stay. See the server's log for the details, mend the cause and start a new run.");
        (await platform.Slots.Describe()).FreeCores.ShouldBe(2);
    }

    private static T Inner<T>(IServiceCollection services) => (T)services.Last(service => service.ServiceType == typeof(T)).ImplementationInstance!;

    /// <summary>The real store, which can't write the first few completions.</summary>
    private sealed class BreakingRunStore(IRunStore inner, int failures) : IRunStore
    {
        public int Failures { get; private set; } = failures;

        public Task<Result<Run>> UpdateAsync(Run run, CancellationToken cancellation = default)
        {
            if (run.Status != RunStatus.Completed || Failures == 0)
                return inner.UpdateAsync(run, cancellation);
            Failures--;
            throw new IOException("The store is away.");
        }

        public Task<Result<Run>> AddAsync(Run run, CancellationToken cancellation = default) => inner.AddAsync(run, cancellation);

        public Task<Result<Run>> AddAsync(Run run, RunBatch logged, CancellationToken cancellation = default) => inner.AddAsync(run, logged, cancellation);

        public Task<Result<Run>> UpdateAsync(Run run, RunBatch logged, CancellationToken cancellation = default) => inner.UpdateAsync(run, logged, cancellation);

        public Task<Result<Run>> GetAsync(string id, CancellationToken cancellation = default) => inner.GetAsync(id, cancellation);

        public Task<IReadOnlyList<Run>> ListAsync(string? experimentId = null, CancellationToken cancellation = default) => inner.ListAsync(experimentId, cancellation);

        public Task<IReadOnlyList<Run>> ListUnattendedAsync(DateTimeOffset now, CancellationToken cancellation = default) => inner.ListUnattendedAsync(now, cancellation);

        public Task<IReadOnlyDictionary<RunStatus, long>> CountAsync(CancellationToken cancellation = default) => inner.CountAsync(cancellation);

        public Task<IReadOnlyDictionary<string, RunCounts>> CountByExperimentAsync(CancellationToken cancellation = default) => inner.CountByExperimentAsync(cancellation);
    }

    /// <summary>The real store on a disk that takes no more points.</summary>
    private sealed class FullMetricStore(IMetricStore inner) : IMetricStore
    {
        public Task AppendAsync(string runId, IReadOnlyList<MetricPoint> points, CancellationToken cancellation = default) => throw new IOException("No space left on device.");

        public Task RewindAsync(string runId, long step, CancellationToken cancellation = default) => inner.RewindAsync(runId, step, cancellation);

        public Task<IReadOnlyDictionary<string, IReadOnlyList<MetricPoint>>> HistoryAsync(string runId, long afterStep = 0, int maximumPoints = 2000, CancellationToken cancellation = default) =>
            inner.HistoryAsync(runId, afterStep, maximumPoints, cancellation);

        public Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>>> LatestAsync(IReadOnlyCollection<string> runIds, CancellationToken cancellation = default) =>
            inner.LatestAsync(runIds, cancellation);
    }
}
