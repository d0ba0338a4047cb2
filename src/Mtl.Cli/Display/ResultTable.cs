using System.Globalization;
using Mtl.Application.Runs;
using Mtl.Core.Definitions;
using Spectre.Console;

namespace Mtl.Cli.Display;

/// <summary>A completed run's test metrics by task, beside its single-task baseline; templates over the rows of all their tasks first. Of many tasks only each one's main metric.</summary>
internal static class ResultTable
{
    /// <summary>Up to so many tasks are shown with all their metrics.</summary>
    private const int MostInFull = 20;

    public static Table Of(RunDetails run)
    {
        var table = new Table().Border(TableBorder.Simple).Title($"Test results of {Markup.Escape(run.Summary.Name)} ({run.Result!.TrainingSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s of training)")
            .AddColumn("Task").AddColumn("Metric").AddColumn(new TableColumn("Value").RightAligned()).AddColumn(new TableColumn("Single-task").RightAligned()).AddColumn(new TableColumn("Δ").RightAligned());
        foreach (var (task, metric, value) in run.Result.Pooled.SelectMany(pool => pool.Metrics.Select(item => (pool.Task, item.Key, item.Value))))
            table.AddRow($"{task} (all)", metric, Format(value), "", "");
        foreach (var task in run.Result.Tasks)
        {
            var compared = run.Comparison?.Tasks.FirstOrDefault(comparison => comparison.Task == task.Task);
            foreach (var (metric, value) in task.Metrics.Where(item => run.Result.Tasks.Count <= MostInFull || item.Key == PrimaryMetric.Of(task.Kind)))
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
