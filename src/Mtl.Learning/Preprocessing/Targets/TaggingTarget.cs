using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Data.Tables;
using Mtl.Graph;
using Mtl.Learning.Architectures;
using Mtl.Learning.Preprocessing.Modalities;
using Mtl.Learning.Preprocessing.Tokenizers.Words;

namespace Mtl.Learning.Preprocessing.Targets;

/// <summary>
/// A tag for each word of the one text among the inputs, trained as the tags' indices from logits, −1 beyond a text's end. Tags are those of all rows, in ordinal order; what the tokenizer leaves out of a long text has none.
/// The head's output and the predictions are [rows, words · tags], a word's tags side by side.
/// </summary>
/// <param name="Length">Words of a row, those beyond a text's end included.</param>
/// <param name="Tags">The tags.</param>
/// <param name="LogShares">Logarithm of each tag's share of the training rows' words.</param>
public sealed record TaggingTarget(float[] Values, float[] Labelled, int Length, IReadOnlyList<string> Tags, IReadOnlyList<float> LogShares) : TaskTarget(Values, Labelled)
{
    private const int NoTag = -1;

    /// <summary>Share of the tagged words that are beyond <see cref="Length"/>: neither learnt nor measured.</summary>
    public double CutShare { get; private init; }

    public override IReadOnlyList<string> Labels => Tags;

    public override int Width => Length;

    public override int Words => Length;

    public override int Outputs => checked(Length * Tags.Count);

    public override IReadOnlyList<float> Bias => [.. Enumerable.Repeat(LogShares, Length).SelectMany(shares => shares)];

    public override Node Prediction(Node output) => Each(output).Softmax(2).Reshape(output.Shape);

    /// <summary>Probabilities [batch, words, tags], 0 beyond a text's end.</summary>
    public override Node Exported(Node prediction, ModelInputs inputs) => Each(prediction) * inputs.Tokens!.Mask.Unsqueeze(2);

    /// <summary>Where all probabilities are 0, the empty text that is put before the tags is the first of the greatest.</summary>
    public override Node Label(Node prediction) => prediction.Pad(2, 1, 0).ArgMax(2).DecodeLabels(["", .. Tags]);

    /// <summary>With the shares of all rows counting as one word more.</summary>
    public override TaskTarget On(float[] labelled, ReadOnlySpan<int> trainRows) => this with
    {
        Labelled = labelled,
        LogShares = Counted(Values, labelled, Length, [.. LogShares.Select(share => Math.Exp(share))], trainRows),
    };

    internal static Result<TaskTarget> Fit(TaskDefinition task, string field, Column column, TableFeatures features, ReadOnlySpan<int> trainRows)
    {
        var text = TextOf(task, field, features.Plan);
        if (!text.IsSuccess)
            return text.Error;
        var (texts, cells) = (features.Table[text.Value.Name].AsText(), column.AsText());
        var sequences = Array.ConvertAll(cells.Vocabulary, cell => WordTokenizer.Split(cell, lowerCase: false));
        var words = Array.ConvertAll(texts.Vocabulary, each => WordTokenizer.Split(each, lowerCase: false).Length);
        HashSet<int> used = [.. cells.Codes.Where(code => code != TextColumn.Missing)];
        string[] tags = [.. used.SelectMany(code => sequences[code]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (tags.Length is < 2 or > MulticlassTarget.MaximumClasses)
        {
            return Error.Invalid(
                $"Task '{task.Name}' is tagging, but column '{column.Name}' has {tags.Length} {(tags.Length == 1 ? "tag" : "tags")}; 2 to {MulticlassTarget.MaximumClasses} are allowed.",
                "Choose a column that has a tag for each word, with spaces between.",
                $"{field}.column");
        }

        var places = tags.Index().ToDictionary(tag => tag.Item, tag => tag.Index, StringComparer.Ordinal);
        var indices = Array.ConvertAll(sequences, sequence => Array.ConvertAll(sequence, tag => places.GetValueOrDefault(tag, NoTag)));
        var (length, labelled) = (text.Value.MaximumTokens, new float[cells.Count]);
        var values = new float[checked(cells.Count * length)];
        Array.Fill(values, NoTag);
        long cut = 0, all = 0;
        for (var row = 0; row < cells.Count; row++)
        {
            if (cells.Codes[row] == TextColumn.Missing)
                continue;
            var own = indices[cells.Codes[row]];
            var count = texts.Codes[row] == TextColumn.Missing ? 0 : words[texts.Codes[row]];
            if (own.Length != count)
            {
                return Error.Invalid(
                    $"Task '{task.Name}': row {row + 1} has {Counted(own.Length, "tag")} in column '{column.Name}', but {Counted(count, "word")} in column '{text.Value.Name}'; tagging takes a tag for each word.",
                    "Words and tags are what stands between spaces; correct the row, or leave its tags empty.",
                    $"{field}.column");
            }

            labelled[row] = count > 0 ? 1 : 0;
            (cut, all) = (cut + Math.Max(0, count - length), all + count);
            for (var word = 0; word < Math.Min(count, length); word++)
                values[row * length + word] = own[word];
        }

        return new TaggingTarget(values, labelled, length, tags, Counted(values, labelled, length, [.. Enumerable.Repeat(0.5, tags.Length)], trainRows))
        {
            CutShare = (double)cut / Math.Max(1, all),
        };
    }

    /// <summary>The words that are tagged, or why the inputs have none.</summary>
    private static Result<WordColumn> TextOf(TaskDefinition task, string field, FeaturePlan plan)
    {
        var start = $"Task '{task.Name}' is tagging, which gives each word of a text a tag, but ";
        return plan.Modalities switch
        {
            [TextInput { Column: WordColumn words }] when plan.Columns.Count == 1 => words,
            [TextInput text] when plan.Columns.Count == 1 => Error.Invalid(
                $"{start}the tokenizer of modality '{text.Name}' cuts words into parts.", "Give the modality tokenizer 'words'.", $"{field}.kind"),
            var all when !all.OfType<TextInput>().Any() => Error.Invalid(
                $"{start}the inputs have no text.", "Make a text column a modality of kind 'text' with tokenizer 'words' (inputs.modalities).", $"{field}.kind"),
            _ => Error.Invalid($"{start}the inputs are more than one text.", "Leave one text modality, and exclude the other columns (inputs.exclude).", $"{field}.kind"),
        };
    }

    private static string Counted(int count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";

    private static float[] Counted(float[] values, float[] labelled, int length, double[] counts, ReadOnlySpan<int> trainRows)
    {
        foreach (var row in trainRows)
        {
            if (labelled[row] == 0)
                continue;
            for (var word = row * length; word < (row + 1) * length && values[word] >= 0; word++)
                counts[(int)values[word]]++;
        }

        var sum = counts.Sum();
        return Array.ConvertAll(counts, count => (float)Math.Log(count / sum));
    }

    private Node Each(Node flat) => flat.Reshape([flat.Shape[0], Length, Tags.Count]);
}
