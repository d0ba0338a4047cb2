using Mtl.Application.Collaboration.Webhooks;
using Mtl.Application.Retention;

namespace Mtl.Application;

/// <summary>Where the application keeps files, and its bounds.</summary>
public sealed record ApplicationOptions
{
    public const long DefaultMaximumUploadBytes = 1L << 30;

    /// <summary>Folder of uploaded and generated tables.</summary>
    public required string DatasetsFolder { get; init; }

    /// <summary>Folder of files on their way in or out, beside the tables.</summary>
    public string IncomingFolder => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(DatasetsFolder))!, "incoming");

    /// <summary>Folder of what clients send in parts, which stays when the server ends.</summary>
    public string PartsFolder => Path.Combine(IncomingFolder, "parts");

    /// <summary>Largest upload, in bytes.</summary>
    public long MaximumUploadBytes { get; init; } = DefaultMaximumUploadBytes;

    /// <summary>Largest file that a client may log, in bytes.</summary>
    public long MaximumArtifactBytes { get; init; } = 16L << 30;

    /// <summary>Put a sample experiment into a new data folder.</summary>
    public bool MakesSample { get; init; } = true;

    /// <summary>How long what was deleted is kept.</summary>
    public RetentionOptions Retention { get; init; } = new();

    /// <summary>How webhooks are sent.</summary>
    public WebhookOptions Webhooks { get; init; } = new();

    /// <summary>Rows predicted at once from a CSV file.</summary>
    public int PredictionChunkRows { get; init; } = 4096;
}
