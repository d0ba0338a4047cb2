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

    public override async Task OnActivateAsync(CancellationToken cancellationToken) => model = await LoadAsync(this.GetPrimaryKeyString(), cancellationToken);

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (model.IsSuccess)
            await model.Value.DisposeAsync();
    }

    public Task<Reply<string>> Signature() =>
        Task.FromResult<Reply<string>>(model.IsSuccess ? DefinitionJson.Write(model.Value.Signature) : NotLoaded(model.Error));

    public async Task<Reply<InferReply>> Infer(InferRequest request, CancellationToken cancellation)
    {
        if (!model.IsSuccess)
            return NotLoaded(model.Error);
        if (Malformed(request.Inputs) is { } error)
            return error;

        var served = model.Value;
        var inputs = request.Inputs.ToDictionary(input => input.Name, TensorOf);
        string[] outputs = request.Outputs.Length > 0 ? request.Outputs : [.. served.Outputs];
        var result = await served.InferAsync(inputs, outputs, cancellation);
        return result.Map(tensors => new InferReply([.. outputs.Select(name => ColumnOf(name, tensors[name]))]));
    }

    public Task<Reply<PredictorStatistics>> Statistics() => Task.FromResult<Reply<PredictorStatistics>>(model.IsSuccess ? StatisticsOf(model.Value.Statistics) : NotLoaded(model.Error));

    /// <summary>Tells the caller, and lets the next one try anew.</summary>
    private Error NotLoaded(Error error)
    {
        DeactivateOnIdle();
        return error;
    }

    private async Task<Result<ServedModel>> LoadAsync(string key, CancellationToken cancellation)
    {
        var slash = key.LastIndexOf('/');
        if (slash < 0 || !int.TryParse(key[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return Error.Invalid($"'{key}' is no model version; its key is the model's name, '/', and the version's number.");

        var version = await models.GetAsync(key[..slash], number, cancellation);
        if (!version.IsSuccess)
            return version.Error;
        if (version.Value.File.Length == 0)
            return Error.NotFound($"Version {number} of model '{key[..slash]}' was registered by a client; the platform knows where its files are, but does not serve it.", "Load it with that client, or ask for a version that the platform trained.");
        var opened = await artifacts.OpenAsync(version.Value.RunId, version.Value.File, cancellation);
        if (!opened.IsSuccess)
            return opened.Error;

        await using var stream = opened.Value;
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, cancellation);
        return await Task.Run(() => ServedModel.Load(bytes.ToArray(), key, options), cancellation);
    }

    private static Error? Malformed(NamedColumn[] inputs)
    {
        foreach (var input in inputs)
        {
            if (input.Width < 1 || (input.Numbers is null) == (input.Texts is null) || (input.Numbers?.Length ?? input.Texts!.Length) % input.Width != 0)
                return Error.Invalid($"The input '{input.Name}' is no table of numbers or of texts with {input.Width} columns.", field: input.Name);
            if (inputs.Count(other => other.Name == input.Name) > 1)
                return Error.Invalid($"The input '{input.Name}' is given more than once.", field: input.Name);
        }

        return null;
    }

    private static Tensor TensorOf(NamedColumn column) => column.Numbers is { } numbers
        ? Tensor.Of(numbers, numbers.Length / column.Width, column.Width)
        : Tensor.Of(column.Texts!, column.Texts!.Length / column.Width, column.Width);

    private static PredictorStatistics StatisticsOf(ServingStatistics done) =>
        new(done.Requests, done.Failed, done.Rows, done.Runs, done.Waiting, done.Running, done.LastRunAt);

    private static NamedColumn ColumnOf(string name, Tensor tensor)
    {
        var width = (int)tensor.Shape.Skip(1).Aggregate(1L, (product, extent) => product * extent);
        return tensor is Tensor<string> texts ? new NamedColumn(name, width, null, texts.Items) : new NamedColumn(name, width, tensor.Values<float>(), null);
    }
}
