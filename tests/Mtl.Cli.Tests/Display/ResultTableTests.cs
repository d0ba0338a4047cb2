using Mtl.Application.Runs;
using Mtl.Cli.Display;
using Mtl.Core.Definitions;
using Mtl.Tracking.Runs;
using Spectre.Console;

namespace Mtl.Cli.Tests.Display;

public sealed class ResultTableTests
{
    private static readonly RunResult Result = new(
        [
            new TaskResult("minutes", TaskKind.Regression, new Dictionary<string, double> { ["r2"] = 0.51234, ["rmse"] = 12.5 }, [], null),
            new TaskResult("late", TaskKind.Binary, new Dictionary<string, double> { ["roc_auc"] = 0.9 }, ["no", "yes"], [[3, 1], [0, 4]]),
        ],
        BestEpoch: 3,
        Parameters: 1000,
        TrainingSeconds: 1.5);

    [Fact]
    public void Test_metrics_are_listed_by_task()
    {
        Lines(null).ShouldBe(
        [
            "Test results of #1 hps · [ew] (1.5 s of training)",
            "Task Metric Value Single-task Δ",
            "minutes r2 0.5123",
            "minutes rmse 12.5000",
            "late roc_auc 0.9000",
        ]);
    }

    [Theory]
    [InlineData(-0.75, "-0.75 %")]
    [InlineData(12.345, "+12.35 %")]
    [InlineData(-0.0001, "0.00 %")]
    [InlineData(null, "undefined")]
    public void What_was_compared_stands_beside_its_single_task_baseline_and_the_mean_below(double? deltaM, string shown)
    {
        var comparison = new BaselineComparison("baseline", deltaM, [new TaskComparison("minutes", "r2", true, 0.51234, 0.5, 2.468), new TaskComparison("late", "roc_auc", true, 0.9, 0, null)]);

        Lines(comparison).ShouldBe(
        [
            "Test results of #1 hps · [ew] (1.5 s of training)",
            "Task Metric Value Single-task Δ",
            "minutes r2 0.5123 0.5000 +2.47 %",
            "minutes rmse 12.5000",
            "late roc_auc 0.9000 0.0000 undefined",
            $"all Δm {shown}",
        ]);
    }

    private static string[] Lines(BaselineComparison? comparison)
    {
        var definition = new ExperimentDefinition("Deliveries", new DataDefinition { Path = "/data/deliveries.csv" }, []);
        var summary = new RunSummary(
            "1", "1", "Deliveries", "#1 hps · [ew]", RunKind.MultiTask, RunStatus.Completed, "hps · ew · adam", new RunProgress(), null, "", default, null, null, new Dictionary<string, double>(), null);
        var printed = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(printed) });
        console.Profile.Width = 160;
        console.Write(ResultTable.Of(new RunDetails(summary, definition, Result, comparison, "deliveries/1", 1e-7)));
        return
        [
            .. printed.ToString().Split('\n').Select(line => string.Join(' ', line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
                .Where(line => line.Any(char.IsLetterOrDigit)),
        ];
    }
}
