using System.Globalization;
using Mtl.Core.Definitions;
using Mtl.Tracking.Runs;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Mtl.Cli.Display;

/// <summary>Follows runs to their end: as a table that is redrawn on a terminal, as a line per epoch elsewhere.</summary>
internal static class LiveBoard
{
    private const int BarWidth = 24;

    public static Task FollowAsync(IAnsiConsole console, ApiClient client, IReadOnlyList<RunBoard> boards, CancellationToken cancellation) =>
        console.Profile.Capabilities.Interactive && !Console.IsOutputRedirected
            ? console.Live(Draw(boards)).AutoClear(false).StartAsync(live => WatchAllAsync(client, boards, _ => live.UpdateTarget(Draw(boards)), cancellation))
            : WatchAllAsync(client, boards, new EpochLines(console).Print, cancellation);

    private static async Task WatchAllAsync(ApiClient client, IReadOnlyList<RunBoard> boards, Action<RunBoard> changed, CancellationToken cancellation)
    {
        var drawing = new Lock();
        await Task.WhenAll(boards.Select(async board =>
        {
            await foreach (var update in client.WatchAsync(board.Id, cancellation))
                lock (drawing)
                {
                    board.Add(update);
                    changed(board);
                }
        }));
    }

    private static Rows Draw(IReadOnlyList<RunBoard> boards) => new(boards.Select(Draw));

    private static IRenderable Draw(RunBoard board)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("Task").AddColumn(new TableColumn("Train loss").RightAligned()).AddColumn(new TableColumn("Val loss").RightAligned())
            .AddColumn("Val metric").AddColumn(new TableColumn("Weight").RightAligned());
        foreach (var task in board.Tasks)
        {
            var metric = PrimaryMetric.Of(task.Kind);
            table.AddRow(
                new Text(task.Name),
                Number(board.Latest($"{task.Name}/train_loss")),
                Number(board.Latest($"{task.Name}/val_loss")),
                new Text(board.Latest($"{task.Name}/val_{metric}") is { } value ? $"{metric} {Format(value)}" : ""),
                Number(board.Latest($"{task.Name}/weight")));
        }

        return new Rows(new Markup(Title(board)), table);
    }

    private static string Title(RunBoard board)
    {
        var progress = board.Progress;
        var filled = (int)(BarWidth * progress.Fraction());
        var left = board is { Status: RunStatus.Running, SecondsLeft: { } seconds } ? $", at most {TimeSpan.FromSeconds(seconds):m\\:ss} left" : "";
        return $"[bold]{Markup.Escape(board.Name)}[/]  [green]{new string('━', filled)}[/][grey]{new string('━', BarWidth - filled)}[/]  "
            + $"{board.Status.ToString().ToLowerInvariant()}, epoch {progress.Epoch}/{progress.Epochs}{left}";
    }

    private static Text Number(double? value) => new(value is { } number ? Format(number) : "");

    private static string Format(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    /// <summary>For output that is no terminal.</summary>
    private sealed class EpochLines(IAnsiConsole console)
    {
        private readonly Dictionary<string, (RunStatus Status, int Epoch)> printed = [];

        public void Print(RunBoard board)
        {
            if (board.Latest("all/val_loss") is null && board.Status == RunStatus.Running)
                return;
            var now = (board.Status, board.Progress.Epoch);
            if (printed.TryGetValue(board.Id, out var before) && before == now)
                return;
            printed[board.Id] = now;
            var tasks = board.Tasks.Select(task => (task.Name, Metric: PrimaryMetric.Of(task.Kind), Value: board.Latest($"{task.Name}/val_{PrimaryMetric.Of(task.Kind)}")))
                .Where(task => task.Value is not null).Select(task => $"{task.Name} {task.Metric} {Format(task.Value!.Value)}");
            console.WriteLine($"{board.Name}: {board.Status.ToString().ToLowerInvariant()}, epoch {board.Progress.Epoch}/{board.Progress.Epochs}  {string.Join("  ", tasks)}");
        }
    }
}
