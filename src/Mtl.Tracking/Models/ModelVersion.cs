namespace Mtl.Tracking.Models;

/// <summary>One version of a registered model: one that the platform exported, or one that a client registered. Versions count from 1.</summary>
/// <param name="RunId">The run it comes from; empty when a client named none.</param>
/// <param name="File">The exported <c>.onnx</c> file, relative to the run's artifacts; empty for a client's version, which the platform keeps but does not serve.</param>
/// <param name="ParityError">Largest absolute difference between the exported model and the trained graph, over random raw rows; 0 without a file.</param>
/// <param name="Sha256">Of the file, in hexadecimal; empty without one.</param>
public sealed record ModelVersion(string Name, int Version, string RunId, string File, double ParityError, string Sha256, DateTimeOffset CreatedAt)
{
    public DateTimeOffset UpdatedAt { get; init; } = CreatedAt;

    public string Description { get; init; } = "";

    /// <summary><c>None</c>, <c>Staging</c>, <c>Production</c> or <c>Archived</c>.</summary>
    public string Stage { get; init; } = "None";

    /// <summary>Where its files are, as an artifact address; empty for an export registered without one.</summary>
    public string Source { get; init; } = "";

    /// <summary>A client's link to the run.</summary>
    public string RunLink { get; init; } = "";

    /// <summary>The logged model it was registered from; empty when there is none.</summary>
    public string ModelId { get; init; } = "";

    /// <summary>Name of who registered it; empty when nobody was signed in.</summary>
    public string Owner { get; init; } = "";
}
