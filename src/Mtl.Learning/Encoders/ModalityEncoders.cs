using Mtl.Core;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Learning.Encoders.Fusion;
using Mtl.Learning.Preprocessing;

namespace Mtl.Learning.Encoders;

/// <summary>Gives each part of the inputs its encoder, and refuses one that can't read it.</summary>
internal static class ModalityEncoders
{
    /// <summary>The encoder of the definition's inputs: of its one part, or the fusion of several.</summary>
    public static Result<IEncoder> Of(ExperimentDefinition definition, InputSelection inputs)
    {
        var encoders = new List<EncodedPart>();
        if (inputs.Ordinary.Count > 0)
        {
            var encoder = Fitting(definition.Encoder, ModalityKind.Columns, Ordinary(inputs), "encoder");
            if (!encoder.IsSuccess)
                return encoder.Error;
            encoders.Add(new EncodedPart(FeaturePlan.ColumnsPart, encoder.Value));
        }

        foreach (var (modality, index) in inputs.Modalities.Select((modality, index) => (modality.Definition, index)))
        {
            var encoder = Fitting(
                modality.Encoder ?? definition.Encoder,
                modality.Kind,
                $"modality '{modality.Name}', {Noun(modality.Kind)}",
                modality.Encoder is null ? "encoder" : $"inputs.modalities[{index}].encoder");
            if (!encoder.IsSuccess)
                return encoder.Error;
            encoders.Add(new EncodedPart(modality.Name, encoder.Value));
        }

        return (encoders.Count, definition.Inputs.Fusion) switch
        {
            (1, null) => Result.Of(encoders[0].Encoder),
            (1, { } fusion) => Error.Invalid(
                $"Fusion '{fusion.Key}' joins several modalities, and the inputs are one: {encoders[0].Name}.", "Leave inputs.fusion out, or add a modality.", "inputs.fusion"),
            (_, var fusion) => FusionTable.Methods.Create(fusion ?? FusionTable.Default).Map(make => make(encoders)),
        };
    }

    private static Result<IEncoder> Fitting(Choice choice, ModalityKind kind, string what, string field)
    {
        var encoder = EncoderTable.Methods.Create(choice);
        if (!encoder.IsSuccess)
            return encoder.Error with { Field = field };
        return encoder.Value.Takes.Contains(kind)
            ? encoder
            : Error.Invalid(
                $"Encoder '{choice.Key}' can't read {what}; it is for {string.Join(" and ", encoder.Value.Takes.Select(Plural))}.",
                $"For {Plural(kind)} there are {string.Join(", ", KeysFor(kind))}.{(kind == ModalityKind.Columns ? " Give each modality an encoder of its own, or exclude these columns." : "")}",
                field);
    }

    /// <summary>The keys of the encoders for a kind.</summary>
    public static IEnumerable<string> KeysFor(ModalityKind kind) =>
        EncoderTable.Methods.Select(method => method.Key).Where(key => EncoderTable.Methods.Create(new Choice(key)).Value.Takes.Contains(kind));

    private static string Ordinary(InputSelection inputs)
    {
        const int Shown = 3;
        var names = string.Join(", ", inputs.Ordinary.Take(Shown).Select(column => $"'{column.Name}'"));
        return inputs.Ordinary.Count == 1
            ? $"the input column {names}, a number or category"
            : $"the input columns {names}{(inputs.Ordinary.Count > Shown ? ", …" : "")}, numbers and categories";
    }

    private static string Noun(ModalityKind kind) => kind switch
    {
        ModalityKind.Image => "an image",
        ModalityKind.Series => "a series",
        _ => "a text",
    };

    private static string Plural(ModalityKind kind) => kind switch
    {
        ModalityKind.Text => "texts",
        ModalityKind.Image => "images",
        ModalityKind.Series => "series",
        _ => "ordinary columns",
    };
}
