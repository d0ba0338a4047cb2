using System.Globalization;
using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Grains.Contracts;
using Mtl.Runtime;
using Mtl.Serving;
using Mtl.Tracking.Artifacts;
using Mtl.Tracking.Models;
using Orleans;
using Orleans.Concurrency;

namespace Mtl.Grains;

/// <inheritdoc cref="IPredictorGrain"/>
/// <remarks>One activation per process holds the model; calls interleave, and the model joins those that wait into one run.</remarks>
[StatelessWorker(1), Reentrant]
public sealed class PredictorGrain(IModelStore models, IArtifactStore artifacts, ServingOptions options) : Grain, IPredictorGrain
{
    private Result<ServedModel> model = Error.Unavailable("The model is not loaded.");

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        model = await LoadAsync(this.GetPrimaryKeyString(), cancellationToken);
        if (!model.IsSuccess)
            DeactivateOnIdle();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (model.IsSuccess)
            await model.Value.DisposeAsync();
    }

    public Task<Reply<string>> Signature() => Task.FromResult<Reply<string>>(model.Map(served => DefinitionJson.Write(served.Signature)));

    public async Task<Reply<InferReply>> Infer(InferRequest request, CancellationToken cancellation)
    {
        if (!model.IsSuccess)
            return model.Error;

        var served = model.Value;
        var inputs = request.Inputs.ToDictionary(input => input.Name, TensorOf);
        string[] outputs = request.Outputs.Length > 0 ? request.Outputs : [.. served.Outputs];
        var result = await served.InferAsync(inputs, outputs, cancellation);
        return result.Map(tensors => new InferReply([.. outputs.Select(name => ColumnOf(name, tensors[name]))]));
    }

    private async Task<Result<ServedModel>> LoadAsync(string key, CancellationToken cancellation)
    {
        var slash = key.LastIndexOf('/');
        if (slash < 0 || !int.TryParse(key[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return Error.Invalid($"'{key}' is no model version; its key is the model's name, '/', and the version's number.");

        var version = await models.GetAsync(key[..slash], number, cancellation);
        if (!version.IsSuccess)
            return version.Error;
        var opened = await artifacts.OpenAsync(version.Value.RunId, version.Value.File, cancellation);
        if (!opened.IsSuccess)
            return opened.Error;

        await using var stream = opened.Value;
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, cancellation);
        return await Task.Run(() => ServedModel.Load(bytes.ToArray(), key, options), cancellation);
    }

    private static Tensor TensorOf(NamedColumn column) => column switch
    {
        { Numbers: { } numbers } => Tensor.Of(numbers, numbers.Length / column.Width, column.Width),
        { Texts: { } texts } => Tensor.Of(texts, texts.Length / column.Width, column.Width),
        _ => throw new ArgumentException($"The column '{column.Name}' holds neither numbers nor texts."),
    };

    private static NamedColumn ColumnOf(string name, Tensor tensor)
    {
        var width = (int)(tensor.Shape.Length > 1 ? tensor.Shape[1] : 1);
        return tensor is Tensor<string> texts ? new NamedColumn(name, width, null, texts.Items) : new NamedColumn(name, width, tensor.Values<float>(), null);
    }
}
