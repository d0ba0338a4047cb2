using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Core.Signatures;
using Mtl.Grains.Contracts;
using Mtl.Tracking.Models;
using Orleans;

namespace Mtl.Application.Models;

/// <inheritdoc cref="IInference"/>
internal sealed class InferenceService(IModels models, IModelStore store, IGrainFactory grains) : IInference
{
    /// <summary>What the platform serves; clients' versions are registered only.</summary>
    public async Task<IReadOnlyList<ModelVersion>> ListAsync(CancellationToken cancellation = default) =>
        [.. (await models.ListAsync(cancellation)).Where(version => version.File.Length > 0)];

    public async Task<Result<ModelTensors>> DescribeAsync(string name, string version = "latest", CancellationToken cancellation = default)
    {
        var found = await models.GetAsync(name, version, cancellation);
        if (!found.IsSuccess)
            return found.Error;

        var versions = await store.ListAsync(found.Value.Name, cancellation);
        var signature = (await Predictor(found.Value).Signature()).ToResult().Then(DefinitionJson.Read<ModelSignature>);
        return signature.Map(signature => new ModelTensors(
            found.Value,
            [.. versions.Where(other => other.File.Length > 0).Select(other => other.Version).Order()],
            [.. signature.Inputs.Select(input => new TensorDescription(input.Name, input.Kind != InputKind.Numeric, 1))],
            [.. signature.Outputs.SelectMany(Tensors)]));
    }

    public async Task<Result<InferenceAnswer>> InferAsync(
        string name, string version, IReadOnlyList<NamedColumn> inputs, IReadOnlyList<string> outputs, CancellationToken cancellation = default)
    {
        var found = await models.GetAsync(name, version, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        var reply = await Predictor(found.Value).Infer(new InferRequest([.. inputs], [.. outputs]), cancellation);
        return reply.ToResult().Map(inferred => new InferenceAnswer(found.Value, inferred.Outputs));
    }

    public async Task<Result<ModelActivity>> ActivityAsync(string name, string version, CancellationToken cancellation = default)
    {
        var found = await models.GetAsync(name, version, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        return (await Predictor(found.Value).Statistics()).ToResult().Map(statistics => new ModelActivity(found.Value, statistics));
    }

    private IPredictorGrain Predictor(ModelVersion version) => grains.GetGrain<IPredictorGrain>($"{version.Name}/{version.Version}");

    /// <summary>A task's tensors, as <see cref="ModelOutput"/> describes them.</summary>
    private static IEnumerable<TensorDescription> Tensors(ModelOutput output)
    {
        yield return new TensorDescription(output.Task, HoldsTexts: false, output.Width > 0 ? output.Width : output.Kind == TaskKind.Multiclass ? output.Labels.Count : 1);
        foreach (var extra in output.Extras)
            yield return new TensorDescription(extra.Name, HoldsTexts: false, extra.Width);
        if (output.Kind == TaskKind.Tagging)
            yield return new TensorDescription($"{output.Task}_label", HoldsTexts: true, output.Width / output.Labels.Count);
        if (output.Kind is TaskKind.Binary or TaskKind.Multiclass)
            yield return new TensorDescription($"{output.Task}_label", HoldsTexts: true, 1);
    }
}
