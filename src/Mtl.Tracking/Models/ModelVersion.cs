namespace Mtl.Tracking.Models;

/// <summary>One exported model. Its name is the experiment's slug; versions count from 1.</summary>
/// <param name="File">The <c>.onnx</c> file, relative to the run's artifacts.</param>
/// <param name="ParityError">Largest absolute difference between the exported model and the trained graph, over random raw rows.</param>
/// <param name="Sha256">Of the file, in hexadecimal.</param>
public sealed record ModelVersion(string Name, int Version, string RunId, string File, double ParityError, string Sha256, DateTimeOffset CreatedAt);
