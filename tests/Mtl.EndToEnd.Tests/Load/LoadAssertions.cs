using Mtl.EndToEnd.Tests.Hosting;
using Mtl.Testing.Load;

namespace Mtl.EndToEnd.Tests.Load;

/// <summary>What must hold of a load, whatever happened to the server.</summary>
internal static class LoadAssertions
{
    /// <summary>All that was acknowledged is there, once, with its values; of the rest, each writer's last batch at most, whole.</summary>
    public static async Task ShouldBeThereAsync(this LoadReport report, Server server, string circumstances)
    {
        using var client = new MlflowClient(server.Address);
        var found = await report.ReadBackAsync(client);
        found.Wrong.Take(5).ShouldBeEmpty(circumstances);
        (found.Missing, found.Half).ShouldBe((0, 0), $"acknowledged batches that are missing, and batches that are there in part; {circumstances}");
        found.Unacknowledged.ShouldBeLessThanOrEqualTo(report.Runs.Count, circumstances);
        found.Points.ShouldBe(report.Points + ((long)found.Unacknowledged * report.Shape.Points), circumstances);
    }
}
