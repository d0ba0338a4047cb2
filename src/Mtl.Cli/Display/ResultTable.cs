using System.Globalization;
using Mtl.Application.Runs;
using Spectre.Console;

namespace Mtl.Cli.Display;

/// <summary>A completed run's test metrics by task, beside its single-task baseline.</summary>
internal static class ResultTable
{
    public static Table Of(RunDetails run)
    {
        var table = new Table().Border(TableBorder.Simple).Title($"Test results of {Markup.Escape(run.Summary.Name)} ({run.Result!.TrainingSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s of training)")
            .AddColumn("Task").AddColumn("Metric").AddColumn(new TableColumn("Value").RightAligned()).AddColumn(new TableColumn("Single-task").RightAligned()).AddColumn(new TableColumn("Δ").RightAligned());
        foreach (var task in run.Result.Tasks)
        {
            var compared = run.Comparison?.Tasks.FirstOrDefault(comparison => comparison.Task == task.Task);
            foreach (var (metric, value) in task.Metrics)
            {
                var isCompared = compared?.Metric == metric;
                table.AddRow(task.Task, metric, Format(value), isCompared ? Format(compared!.Baseline) : "", isCompared ? Percent(compared!.DeltaPercent) : "");
            }
        }

        if (run.Comparison is { } all)
            table.AddRow("[bold]all[/]", "[bold]Δm[/]", "", "", $"[bold]{Percent(all.DeltaM)}[/]");
        return table;
    }

    private static string Format(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    private static string Percent(double? value) => value is { } percent ? percent.ToString("+0.00' %';-0.00' %';0.00' %'", CultureInfo.InvariantCulture) : "undefined";
}
