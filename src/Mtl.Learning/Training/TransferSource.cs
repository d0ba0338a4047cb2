using System.Security.Cryptography;
using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Graph;
using Mtl.Graph.Onnx;
using Mtl.Learning.Architectures;
using Mtl.Learning.Export;
using Mtl.Learning.Preprocessing;

namespace Mtl.Learning.Training;

/// <summary>The shared parameters of a trained model, for a plan whose definition has a <see cref="TransferDefinition"/>: what task transfer takes over.</summary>
public sealed class TransferSource
{
    private const string Field = "transfer";

    private readonly IReadOnlyList<KeyValuePair<string, string>> inputs;

    private TransferSource(IReadOnlyList<KeyValuePair<string, string>> inputs, IReadOnlyDictionary<string, TensorValue> parameters, string fingerprint) =>
        (this.inputs, Parameters, Fingerprint) = (inputs, parameters, fingerprint);

    /// <summary>Its shared parameters by name (<c>shared/encoder/layer1/weight</c>).</summary>
    public IReadOnlyDictionary<string, TensorValue> Parameters { get; }

    /// <summary>SHA-256 of the source file; part of the fingerprint of every plan that starts from it.</summary>
    public string Fingerprint { get; }

    /// <summary>Reads the shared parameters of a model that <c>ModelExport.ToOnnx</c> has written, or says why there are none.</summary>
    public static Result<TransferSource> Read(ReadOnlySpan<byte> onnx)
    {
        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(onnx));
        return OnnxModel.Read(onnx).Then(model => Of(model, fingerprint));
    }

    /// <summary>Whether a model over these inputs can take over the parameters: the first thing that does not fit, or null.</summary>
    /// <param name="features">The inputs of the new model.</param>
    /// <param name="model">The new model.</param>
    internal Error? Misfit(FeaturePlan features, Model model)
    {
        var (theirs, ours) = (inputs.Select(input => input.Key).ToArray(), features.Columns.Select(column => column.Name).ToArray());
        if (!theirs.SequenceEqual(ours))
        {
            return Error.Invalid(
                $"The source model takes the inputs {string.Join(", ", theirs)}; this experiment has {string.Join(", ", ours)}.", "Give it the same inputs, in the same order (inputs.include, inputs.exclude).", Field);
        }

        var other = inputs.Zip(InputMeanings.Of(features)).FirstOrDefault(pair => pair.First.Value != pair.Second.Value).Second.Key;
        if (other is not null)
        {
            return Error.Invalid(
                $"Input '{other}' means something else in the source model: its kind, its features (missing indicator, bins, one-hot or embedded), or the texts it knows and their order, are not those of this experiment.",
                "A trained trunk knows features, categories and words by their places: use the same preprocessing and data with the same ones, or leave the column out of both.",
                Field);
        }

        ParameterSpec[] shared = [.. model.Parameters.Where(parameter => parameter.Task is null)];
        return shared.Length == 0
            ? Error.Invalid("This experiment's architecture shares no parameters, so there is nothing to take over.", "Take an architecture that shares some, as the source has.", Field)
            : shared.Select(Misfit).FirstOrDefault(error => error is not null);
    }

    private static Result<TransferSource> Of(OnnxModel model, string fingerprint)
    {
        if (!model.Metadata.TryGetValue(InputMeanings.MetadataKey, out var meanings))
            return Error.Invalid("The source model was not exported by this platform (or by an older version): it does not say what its inputs mean.", "Give the exported model of a completed run.", Field);
        var parameters = model.Initializers.Where(entry => entry.Key.StartsWith(ModelScope.SharedPrefix, StringComparison.Ordinal)).ToDictionary();
        return parameters.Count == 0
            ? Error.Invalid("The source model has no shared parameters: nothing was shared between its tasks.", "Start from a run with an architecture that shares some, such as 'hps'.", Field)
            : new TransferSource(InputMeanings.Read(meanings), parameters, fingerprint);
    }

    private Error? Misfit(ParameterSpec parameter) => Parameters.GetValueOrDefault(parameter.Name) switch
    {
        null => Error.Invalid(
            $"The source model has no shared parameter '{parameter.Name}'; it has {string.Join(", ", Parameters.Keys.Order(StringComparer.Ordinal))}.",
            "Take the source's architecture and encoder with their options. Parameters named for the source's tasks can't be taken over to others.",
            Field),
        { } value when !value.Shape.Equals(parameter.Node.Shape) => Error.Invalid(
            $"The shared parameter '{parameter.Name}' has shape {value.Shape} in the source model and {parameter.Node.Shape} here.",
            "Take the source's encoder, with its options, and its preprocessing.",
            Field),
        _ => null,
    };
}
