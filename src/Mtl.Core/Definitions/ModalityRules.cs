using Mtl.Core.Catalogue;

namespace Mtl.Core.Definitions;

/// <summary>What can be said of a definition's modalities without its data.</summary>
internal static class ModalityRules
{
    private const int MostChannels = 1024;
    private static readonly Choice Words = new("words");

    public static Error? Broken(IReadOnlyList<ModalityDefinition> modalities)
    {
        for (var index = 0; index < modalities.Count; index++)
        {
            var field = $"inputs.modalities[{index}]";
            if (modalities[index] is not { } modality)
                return Error.Invalid($"{field} is null; a modality has a name, a kind and columns.", field: field);
            if (Broken(modality, field) is { } error)
                return error;
            if (modalities.Take(index).Any(other => other.Name == modality.Name))
                return Error.Invalid($"Two modalities are named '{modality.Name}'; a modality's name is unique in its experiment.", field: $"{field}.name");
        }

        return null;
    }

    /// <summary>The modalities with their methods' options filled in.</summary>
    public static Result<IReadOnlyList<ModalityDefinition>> Complete(IReadOnlyList<ModalityDefinition> modalities, ICatalogue catalogue)
    {
        var completed = new ModalityDefinition[modalities.Count];
        for (var index = 0; index < completed.Length; index++)
        {
            var modality = modalities[index];
            if (modality.Encoder is { } chosen)
            {
                var encoder = catalogue.Complete(MethodKind.Encoder, chosen);
                if (!encoder.IsSuccess)
                    return encoder.Error with { Field = $"inputs.modalities[{index}].encoder" };
                modality = modality with { Encoder = encoder.Value };
            }

            if (modality.Kind == ModalityKind.Text)
            {
                var tokenizer = catalogue.Complete(MethodKind.Tokenizer, modality.Tokenizer ?? Words);
                if (!tokenizer.IsSuccess)
                    return tokenizer.Error with { Field = $"inputs.modalities[{index}].tokenizer" };
                modality = modality with { Tokenizer = tokenizer.Value };
            }

            completed[index] = modality;
        }

        return completed;
    }

    /// <summary>The fusion with its options filled in, where one is chosen.</summary>
    public static Result<Choice?> Complete(Choice? fusion, ICatalogue catalogue)
    {
        if (fusion is null)
            return fusion;
        var completed = catalogue.Complete(MethodKind.Fusion, fusion);
        return completed.IsSuccess ? completed.Value : completed.Error with { Field = completed.Error.Field.Length == 0 ? "inputs.fusion" : $"inputs.fusion.{completed.Error.Field}" };
    }

    private static Error? Broken(ModalityDefinition modality, string field) => modality switch
    {
        _ when !DefinitionRules.IsName(modality.Name) =>
            Error.Invalid($"The modality name '{modality.Name}' is not allowed; a name has 1 to 64 letters, digits, '-' and '_'.", field: $"{field}.name"),
        { Name: "columns" } => Error.Invalid("A modality can't be named 'columns': the inputs that belong to no modality carry that name.", field: $"{field}.name"),
        { Kind: ModalityKind.Columns } =>
            Error.Invalid($"Modality '{modality.Name}' is of kind 'columns', which every input column is that belongs to no modality.", "Leave it out; kinds are text, image and series.", $"{field}.kind"),
        { Columns.Count: 0 } => Error.Invalid($"Modality '{modality.Name}' names no column.", "Name its columns, or a pattern such as p*.", $"{field}.columns"),
        _ when modality.Columns.Any(string.IsNullOrEmpty) => Error.Invalid($"Modality '{modality.Name}' names an empty column.", field: $"{field}.columns"),
        { Tokenizer: not null, Kind: not ModalityKind.Text } =>
            Error.Invalid($"Modality '{modality.Name}' has a tokenizer, but is of kind '{Noun(modality.Kind)}'.", "Only a text has one; leave it out.", $"{field}.tokenizer"),
        { Channels: < 1 or > MostChannels } => Error.Invalid($"{field}.channels is {modality.Channels}; allowed is 1 to {MostChannels}.", field: $"{field}.channels"),
        { Channels: > 1, Kind: ModalityKind.Text } => Error.Invalid($"Modality '{modality.Name}' is a text, which has no channels.", "Leave them out.", $"{field}.channels"),
        { Height: < 0 } or { Width: < 0 } => Error.Invalid($"Modality '{modality.Name}' is {modality.Height} × {modality.Width}; neither can be negative.", field: $"{field}.height"),
        { Kind: not ModalityKind.Image } when modality.Height > 0 || modality.Width > 0 =>
            Error.Invalid($"Modality '{modality.Name}' is of kind '{Noun(modality.Kind)}', which has no height and width.", "Leave them out.", $"{field}.height"),
        _ when modality.Height > 0 != modality.Width > 0 =>
            Error.Invalid($"Modality '{modality.Name}' has only one of height and width.", "Give both, or neither for a square image.", $"{field}.height"),
        _ => null,
    };

    private static string Noun(ModalityKind kind) => kind.ToString().ToLowerInvariant();
}
