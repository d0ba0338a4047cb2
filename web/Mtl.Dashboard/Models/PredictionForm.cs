using System.Globalization;
using Mtl.Core.Definitions;
using Mtl.Core.Signatures;

namespace Mtl.Dashboard.Models;

/// <summary>One input of a model as a form field; an empty text is a missing value.</summary>
public sealed class PredictionField(ModelInput input)
{
    /// <summary>Most categories offered in a drop-down; a longer list becomes a text field with suggestions.</summary>
    public const int LongestDropDown = 200;

    public ModelInput Input { get; } = input;

    public string Text { get; set; } = DefaultOf(input);

    public bool IsNumeric => Input.Kind == InputKind.Numeric;

    /// <summary>A text of many words.</summary>
    public bool IsText => Input.Kind == InputKind.Text;

    public bool IsDropDown => Input.Kind == InputKind.Categorical && Input.Categories.Count <= LongestDropDown;

    /// <summary>What the field is, in one word.</summary>
    public string Noun => IsNumeric ? "number" : IsText ? "text" : "category";

    public string Hint => IsNumeric ? $"{Formats.Number(Input.Minimum)} to {Formats.Number(Input.Maximum)} in training"
        : IsText ? $"the first {Formats.Count(Input.MaximumTokens)} tokens are read"
        : $"{Formats.Count(Input.Categories.Count)} known categories";

    public string? Problem => IsNumeric && Text.Trim().Length > 0 && Number is null ? $"'{Text}' is not a number; leave it empty for a missing value." : null;

    /// <summary>True where the model was never trained that far out.</summary>
    public bool IsOutside => Number is { } value && (value < Input.Minimum || value > Input.Maximum);

    public double? Number => double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    public string? Value => Text.Trim().Length == 0 ? null : Text;

    /// <summary>The mean, whole where training values were; the most frequent category; nothing for a text.</summary>
    private static string DefaultOf(ModelInput input) => input.Kind switch
    {
        InputKind.Categorical => input.Categories.Count > 0 ? input.Categories[0] : "",
        InputKind.Text => "",
        _ when input.IsWhole => Formats.Field(Math.Round(input.Mean)),
        _ => input.Mean.ToString("G4", CultureInfo.InvariantCulture),
    };
}

/// <summary>A form made from a model's signature.</summary>
public sealed class PredictionForm(ModelSignature signature)
{
    public IReadOnlyList<PredictionField> Fields { get; } = [.. signature.Inputs.Select(input => new PredictionField(input))];

    public bool IsValid => Fields.All(input => input.Problem is null);

    /// <summary>Column → text, null for missing.</summary>
    public IReadOnlyDictionary<string, string?> Row => Fields.ToDictionary(input => input.Input.Name, input => input.Value);

    /// <summary>True where fields start at what is usual in training; texts start empty.</summary>
    public bool HasUsualValues => Fields.Any(input => !input.IsText);

    /// <summary>The text of <paramref name="row"/> that a tagging task's <paramref name="tags"/> are of: of several texts, the one with as many words; null where the task is of another kind.</summary>
    public string? TaggedText(string task, string tags, IReadOnlyDictionary<string, string?> row)
    {
        if (signature.Outputs.FirstOrDefault(output => output.Task == task)?.Kind != TaskKind.Tagging)
            return null;
        var count = Words(tags);
        string[] texts = [.. Fields.Where(input => input.IsText).Select(input => row[input.Input.Name] ?? "")];
        return texts.FirstOrDefault(text => Words(text) == count) ?? texts.FirstOrDefault();
    }

    private static int Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
}
