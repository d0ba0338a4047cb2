using Mtl.Application.Runs;
using Mtl.Core.Definitions;
using Mtl.Tracking.Runs;

namespace Mtl.Cli.Display;

/// <summary>What the live display knows of one run: its state and the last value of each metric.</summary>
internal sealed class RunBoard(RunDetails details)
{
    private readonly Dictionary<string, double> latest = [];

    public string Id { get; } = details.Summary.Id;

    public string Name { get; } = details.Summary.Name;

    public IReadOnlyList<TaskDefinition> Tasks { get; } = details.Definition?.Tasks ?? [];

    public RunStatus Status { get; private set; } = details.Summary.Status;

    public RunProgress Progress { get; private set; } = details.Summary.Progress;

    public double? SecondsLeft { get; private set; }

    public void Add(RunUpdate update)
    {
        (Status, Progress, SecondsLeft) = (update.Status, update.Progress, update.SecondsLeft);
        foreach (var point in update.Points)
            latest[point.Key] = point.Value;
    }

    public double? Latest(string key) => latest.TryGetValue(key, out var value) ? value : null;
}
