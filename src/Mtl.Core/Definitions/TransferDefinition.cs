namespace Mtl.Core.Definitions;

/// <summary>
/// Start from the shared parameters of a model that was trained before, on tasks of its own: those of a completed run, or of an exported file; exactly one of the two. Architecture, encoder, inputs and
/// preprocessing options must be the source's, so that every shared parameter finds its like by name and shape; the tasks are new, and their own parameters start as always.
/// </summary>
public sealed record TransferDefinition
{
    /// <summary>The id of a completed run; empty when <see cref="Model"/> is given.</summary>
    public string Run { get; init; } = "";

    /// <summary>An exported .onnx file as the server sees it; empty when <see cref="Run"/> is given.</summary>
    public string Model { get; init; } = "";

    /// <summary>Keep the shared parameters as they come (a fixed trunk); otherwise they are trained on with the rest.</summary>
    public bool Freeze { get; init; }
}
