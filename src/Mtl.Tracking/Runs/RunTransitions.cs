using Mtl.Core;
using static Mtl.Tracking.Runs.RunCommand;
using static Mtl.Tracking.Runs.RunStatus;

namespace Mtl.Tracking.Runs;

/// <summary>The life of a run as one total function.</summary>
public static class RunTransitions
{
    public static bool IsFinal(this RunStatus status) => status is Completed or Failed or Cancelled;

    /// <summary>The commands that <paramref name="status"/> allows.</summary>
    public static IEnumerable<RunCommand> Allowed(this RunStatus status) => Enum.GetValues<RunCommand>().Where(command => Target(status, command) is not null);

    /// <summary>The status that <paramref name="command"/> leads to, or a Conflict that names run, status and command.</summary>
    public static Result<RunStatus> Next(string runId, RunStatus status, RunCommand command) => Target(status, command) is { } next
        ? next
        : Error.Conflict(
            $"Run '{runId}' is {Name(status)}; '{Name(command)}' is not possible then.",
            status.IsFinal() ? "A finished run stays as it is; start a new one." : $"Possible now: {string.Join(", ", status.Allowed().Select(Name))}.");

    private static RunStatus? Target(RunStatus status, RunCommand command) => (status, command) switch
    {
        (Queued, Start) => Running,
        (Queued or Running, Pause) => Paused,
        (Queued or Running or Paused, Cancel) => Cancelled,
        (Queued or Running, Fail) => Failed,
        (Running, Complete) => Completed,
        (Paused, Resume) => Queued,
        _ => null,
    };

    private static string Name<T>(T value)
        where T : struct, Enum => $"{value}".ToLowerInvariant();
}
