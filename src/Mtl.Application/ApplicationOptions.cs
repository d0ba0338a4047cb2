namespace Mtl.Application;

/// <summary>Where the application keeps files, and its bounds.</summary>
public sealed record ApplicationOptions
{
    /// <summary>Folder of uploaded and generated tables.</summary>
    public required string DatasetsFolder { get; init; }

    /// <summary>Largest upload, in bytes.</summary>
    public long MaximumUploadBytes { get; init; } = 1L << 30;

    /// <summary>Rows predicted at once from a CSV file.</summary>
    public int PredictionChunkRows { get; init; } = 4096;
}
