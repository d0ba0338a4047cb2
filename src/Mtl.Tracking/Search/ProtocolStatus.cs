using Mtl.Tracking.Runs;

namespace Mtl.Tracking.Search;

/// <summary>MLflow's words for states.</summary>
public static class ProtocolStatus
{
    /// <summary>MLflow's run status → the platform's. A paused run is one that waits (SCHEDULED) to MLflow.</summary>
    public static IReadOnlyDictionary<string, string> ToStored { get; } = new Dictionary<string, string>
    {
        ["SCHEDULED"] = nameof(RunStatus.Queued),
        ["RUNNING"] = nameof(RunStatus.Running),
        ["FINISHED"] = nameof(RunStatus.Completed),
        ["FAILED"] = nameof(RunStatus.Failed),
        ["KILLED"] = nameof(RunStatus.Cancelled),
    };

    /// <summary>The short words that filters use for the states of logged models.</summary>
    public static IReadOnlyDictionary<string, string> ToLoggedModel { get; } = new Dictionary<string, string>
    {
        ["PENDING"] = "LOGGED_MODEL_PENDING",
        ["READY"] = "LOGGED_MODEL_READY",
        ["FAILED"] = "LOGGED_MODEL_UPLOAD_FAILED",
    };

    /// <summary>A run's status in MLflow's words.</summary>
    public static string Of(RunStatus status) => status switch
    {
        RunStatus.Queued or RunStatus.Paused => "SCHEDULED",
        RunStatus.Running => "RUNNING",
        RunStatus.Completed => "FINISHED",
        RunStatus.Failed => "FAILED",
        RunStatus.Cancelled => "KILLED",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "No such status."),
    };

    /// <summary>The platform's status for MLflow's word; null for a word that is none.</summary>
    public static RunStatus? Of(string word) => ToStored.TryGetValue(word, out var status) ? Enum.Parse<RunStatus>(status) : null;
}
