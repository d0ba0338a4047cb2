using Mtl.Core;

namespace Mtl.Application.Runs;

/// <summary>Artifacts as a page shows them. What they hold is anybody's: a text is to be shown as text, a picture to be sent confined.</summary>
public interface IRunPreviews
{
    /// <summary>What kind of preview the path has; by its ending alone.</summary>
    static PreviewKind KindOf(string path) => PreviewKinds.Of(path);

    /// <summary>The beginning of a text file; Invalid when it is none.</summary>
    Task<Result<TextPreview>> TextAsync(string runId, string path, CancellationToken cancellation = default);

    /// <summary>A picture with the type to send it as; Invalid when the path names none.</summary>
    Task<Result<PicturePreview>> PictureAsync(string runId, string path, CancellationToken cancellation = default);
}

/// <summary>How an artifact is shown.</summary>
public enum PreviewKind
{
    None,
    Text,

    /// <summary>Text that is laid out anew.</summary>
    Json,
    Picture,
}

/// <summary>A text.</summary>
/// <param name="IsWhole">The file has no more than this.</param>
public sealed record TextPreview(string Text, bool IsWhole);

/// <summary>A picture.</summary>
public sealed record PicturePreview(Stream Content, string MediaType);
