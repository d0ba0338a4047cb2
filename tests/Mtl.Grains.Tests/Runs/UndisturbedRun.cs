using Mtl.Core.Definitions;
using Mtl.Grains.Tests.Hosting;

namespace Mtl.Grains.Tests.Runs;

/// <summary>A run that nothing disturbs, trained once for all tests that compare with it.</summary>
public sealed class UndisturbedRun : IAsyncLifetime
{
    /// <summary>Long enough to be met in the middle.</summary>
    private const int Epochs = 800;

    private RunTrace trace = null!;

    internal const long Steps = (long)Epochs * SmallTable.StepsPerEpoch;

    internal static ExperimentDefinition Definition(string table) => SmallTable.Definition(table, Epochs);

    public async ValueTask InitializeAsync()
    {
        await using var platform = await Platform.StartAsync();
        var run = await platform.StartRunAsync(Definition(platform.Table));
        await platform.CompleteAsync(run);
        (await platform.StoredAsync(run)).Progress.Step.ShouldBe(Steps);
        trace = await RunTrace.OfAsync(platform, run);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Every metric at every step and every byte of the model are those of the undisturbed run.</summary>
    internal async Task ShouldEqualAsync(Platform platform, string run)
    {
        var other = await RunTrace.OfAsync(platform, run);
        other.Metrics.Keys.ShouldBe(trace.Metrics.Keys, ignoreOrder: true);
        foreach (var (key, points) in trace.Metrics)
            other.Metrics[key].ShouldBe(points, key);
        other.Model.AsSpan().SequenceEqual(trace.Model).ShouldBeTrue("The models differ.");
    }

    private sealed record RunTrace(IReadOnlyDictionary<string, (long Step, long Bits)[]> Metrics, byte[] Model)
    {
        public static async Task<RunTrace> OfAsync(Platform platform, string run) => new(
            (await platform.HistoryAsync(run)).ToDictionary(
                history => history.Key, history => history.Value.Select(point => (point.Step, BitConverter.DoubleToInt64Bits(point.Value))).ToArray()),
            await platform.ModelAsync(run));
    }
}
