using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mtl.Core;

namespace Mtl.Application.Runs;

/// <inheritdoc cref="IRunPreviews"/>
internal sealed class RunPreviewService(IRuns runs) : IRunPreviews
{
    private const int MostBytes = 256 * 1024;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task<Result<TextPreview>> TextAsync(string runId, string path, CancellationToken cancellation = default)
    {
        var kind = PreviewKinds.Of(path);
        if (kind is not (PreviewKind.Text or PreviewKind.Json))
            return Error.Invalid($"'{path}' is not shown as text.", "Download it.", "path");
        var opened = await runs.OpenArtifactAsync(runId, path, cancellation);
        if (!opened.IsSuccess)
            return opened.Error;
        await using var stream = opened.Value;
        var buffer = new byte[MostBytes + 1];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation);
        var isWhole = length <= MostBytes;
        var text = Encoding.UTF8.GetString(buffer, 0, Math.Min(length, MostBytes));
        return new TextPreview(kind == PreviewKind.Json && isWhole ? LaidOut(text) : text, isWhole);
    }

    public async Task<Result<PicturePreview>> PictureAsync(string runId, string path, CancellationToken cancellation = default)
    {
        if (PreviewKinds.MediaType(path) is not { } type)
            return Error.Invalid($"'{path}' is not shown as a picture.", "Download it.", "path");
        return (await runs.OpenArtifactAsync(runId, path, cancellation)).Map(stream => new PicturePreview(stream, type));
    }

    /// <summary>JSON with a line for each member; what is none stays as it is.</summary>
    private static string LaidOut(string text)
    {
        try
        {
            return JsonNode.Parse(text)?.ToJsonString(Indented) ?? text;
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
