using System.Globalization;
using System.Text.RegularExpressions;
using Mtl.EndToEnd.Tests.Hosting;
using Mtl.Testing.Data;

namespace Mtl.EndToEnd.Tests;

/// <summary>The shipped example on the real data set, by one command without a server.</summary>
public sealed partial class AdultTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact(Timeout = 300_000)]
    public async Task Both_tasks_come_to_their_scores_on_the_test_rows()
    {
        var table = SharedData.Find("adult.csv");
        Assert.SkipWhen(table is null, SharedData.Absent("adult.csv"));
        var started = TimeProvider.System.GetTimestamp();

        var trained = await MtlProgram.RunAsync(Repository.Root, "run", "examples/adult.yaml", "--set", $"data.path={Path.GetRelativePath(Repository.Root, table!)}", "--data", folder["data"]);

        trained.ExitCode.ShouldBe(0, $"{trained}");
        output.WriteLine($"{TimeProvider.System.GetElapsedTime(started).TotalSeconds:0.0} s in all");
        output.WriteLine(trained.Output);
        AucOf(trained, "income").ShouldBeGreaterThanOrEqualTo(0.910, $"{trained}");
        AucOf(trained, "never-married").ShouldBeGreaterThanOrEqualTo(0.963, $"{trained}");
    }

    /// <summary>From the printed table of test results.</summary>
    private static double AucOf(ProgramResult trained, string task) =>
        double.Parse(TestAuc().Matches(trained.Output).Single(line => line.Groups["task"].Value == task).Groups["value"].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\s+(?<task>\S+)\s+roc_auc\s+(?<value>[0-9.]+)\s", RegexOptions.Multiline)]
    private static partial Regex TestAuc();
}
