using Mtl.Tracking.Runs;

namespace Mtl.Dashboard.Models;

/// <summary>A run status as a badge: word, icon and tone, so that colour is never the only sign.</summary>
public sealed record StatusLook(string Text, string Icon, string Tone)
{
    private static readonly Dictionary<RunStatus, StatusLook> Looks = new()
    {
        [RunStatus.Queued] = new("Queued", "clock", "neutral"),
        [RunStatus.Running] = new("Running", "activity", "info"),
        [RunStatus.Paused] = new("Paused", "pause", "warning"),
        [RunStatus.Completed] = new("Completed", "check", "success"),
        [RunStatus.Failed] = new("Failed", "alert", "danger"),
        [RunStatus.Cancelled] = new("Cancelled", "stop", "neutral"),
    };

    public static StatusLook Of(RunStatus status) => Looks[status];
}
