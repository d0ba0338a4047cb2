using System.Globalization;
using Mtl.Tracking.Runs;

namespace Mtl.EndToEnd.Tests.Hosting;

/// <summary>What a completed run leaves, to the last bit: every metric's history, a line per point, and the checksum of its model.</summary>
internal sealed record Outcome(IReadOnlyList<string> Points, string Model, long Steps)
{
    /// <summary>Waits for the run's completion.</summary>
    public static async Task<Outcome> OfAsync(Server server, string run)
    {
        var details = await server.Api.UntilAsync(run, RunStatus.Completed);
        var model = await server.Api.ModelAsync(run);
        await server.Api.DownloadAsync(model);
        var histories = await server.Api.MetricsAsync(run);
        return new Outcome(
            [
                .. from history in histories.OrderBy(history => history.Key, StringComparer.Ordinal)
                   from point in history.Value
                   select string.Create(CultureInfo.InvariantCulture, $"{history.Key} @{point.Step} = {point.Value:R} ({BitConverter.DoubleToInt64Bits(point.Value):x16})"),
            ],
            model.Sha256,
            details.Summary.Progress.Step);
    }

    /// <summary>Same keys, same steps, same bits, same file.</summary>
    public void ShouldBeIdenticalTo(Outcome expected, string circumstances)
    {
        Points.Except(expected.Points).Take(10).ShouldBeEmpty($"points that the undisturbed run has otherwise or not at all; {circumstances}");
        expected.Points.Except(Points).Take(10).ShouldBeEmpty($"points of the undisturbed run that are missing or otherwise; {circumstances}");
        Points.Count.ShouldBe(expected.Points.Count, circumstances);
        Model.ShouldBe(expected.Model, $"SHA-256 of the model; {circumstances}");
        Steps.ShouldBe(expected.Steps, circumstances);
    }
}
