namespace Mtl.Tracking.Datasets;

/// <summary>A table the platform knows.</summary>
/// <param name="Path">Absolute path of its file on the server.</param>
/// <param name="IsOwned">The file was uploaded or generated into the data folder (and goes with the dataset), rather than named by its path.</param>
/// <param name="Sha256">Of the file, in hexadecimal.</param>
public sealed record Dataset(string Id, string Name, string Path, bool IsOwned, long Bytes, string Sha256, long Rows, int Columns, DateTimeOffset CreatedAt);
