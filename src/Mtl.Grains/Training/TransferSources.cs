using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Learning.Training;
using Mtl.Tracking.Artifacts;
using Mtl.Tracking.Runs;

namespace Mtl.Grains.Training;

/// <summary>Finds and reads the model that a definition starts from: what a completed run keeps is its exported model, with every parameter of its best epoch by name.</summary>
internal static class TransferSources
{
    public static async Task<Result<TransferSource?>> ReadAsync(TransferDefinition transfer, IArtifactStore artifacts, CancellationToken cancellation) =>
        (await BytesAsync(transfer, artifacts, cancellation)).Then(bytes => TransferSource.Read(bytes)).Map<TransferSource?>(source => source);

    private static async Task<Result<byte[]>> BytesAsync(TransferDefinition transfer, IArtifactStore artifacts, CancellationToken cancellation)
    {
        if (transfer.Run.Length == 0)
        {
            return File.Exists(transfer.Model)
                ? await File.ReadAllBytesAsync(transfer.Model, cancellation)
                : Error.NotFound($"The model '{transfer.Model}' that the experiment starts from does not exist.", "Give the path of an exported .onnx file as the server sees it.") with { Field = "transfer.model" };
        }

        var opened = await artifacts.OpenAsync(transfer.Run, RunFiles.Model, cancellation);
        if (!opened.IsSuccess)
        {
            return Error.NotFound($"Run '{transfer.Run}', which the experiment starts from, has no exported model.", "Name a completed run of this platform.") with { Field = "transfer.run" };
        }

        await using var stream = opened.Value;
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, cancellation);
        return bytes.ToArray();
    }
}
