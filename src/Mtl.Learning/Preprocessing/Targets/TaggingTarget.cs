using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Data.Tables;
using Mtl.Graph;
using Mtl.Learning.Preprocessing.Modalities;
using Mtl.Learning.Preprocessing.Tokenizers.Words;

namespace Mtl.Learning.Preprocessing.Targets;

/// <summary>One of several tags for each token of the text, trained as the tag's index from logits for each token; −1 beyond the text's end. Tags are the column's over all rows, in ordinal order.</summary>
/// <param name="Tags">The tags.</param>
/// <param name="LogShares">By tag: the logarithm of its share of the training rows' tokens.</param>
public sealed record TaggingTarget(float[] Values, float[] Labelled, int Tokens, IReadOnlyList<string> Tags, IReadOnlyList<float> LogShares) : TaskTarget(Values, Labelled)
{
    private const float None = -1;

    /// <summary>Share of the tagged words that are beyond <see cref="Tokens"/>: neither learnt nor measured.</summary>
    public double CutShare { get; private init; }

    public override IReadOnlyList<string> Labels => Tags;

    public override int Width => Tokens;

    public override int Outputs => Tokens * Tags.Count;

    public override IReadOnlyList<float> Bias => [.. Enumerable.Repeat(LogShares, Tokens).SelectMany(shares => shares)];

    /// <summary>Probabilities token by token, [batch, tokens · tags].</summary>
    public override Node Prediction(Node output) => ByToken(output).Softmax(2).Reshape(output.Shape);

    /// <summary>The most probable tag of each token, those beyond a text's end included: string [batch, tokens].</summary>
    public override Node Label(Node prediction) => ByToken(prediction).ArgMax(2).DecodeLabels(Tags);

    public override TaskTarget On(float[] labelled, ReadOnlySpan<int> trainRows) => this with { Labelled = labelled };

    internal static Result<TaskTarget> Fit(TaskDefinition task, string field, Column column, TaggedText? text, ReadOnlySpan<int> trainRows)
    {
        if (text is null)
        {
            return Error.Invalid(
                $"Task '{task.Name}' is a tagging, which gives each word of a text its tag; the inputs are not one text cut into words.",
                "Make the text the only modality, with the tokenizer 'words', an encoder for texts (text-cnn, transformer), and no other input columns.",
                $"{field}.kind");
        }

        var rows = Enumerable.Range(0, column.Count).Select(row => column.TextAt(row).Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToArray();
        string[] tags = [.. rows.SelectMany(own => own).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (tags.Length is < 2 or > MulticlassTarget.MaximumClasses)
            return Error.Invalid($"Task '{task.Name}' is a tagging, but column '{column.Name}' has {tags.Length} different tags; 2 to {MulticlassTarget.MaximumClasses} are allowed.", "Give each word a tag, with spaces between.", $"{field}.column");

        var places = tags.Index().ToDictionary(tag => tag.Item, tag => tag.Index, StringComparer.Ordinal);
        var (values, labelled) = (new float[checked(rows.Length * text.MaximumTokens)], new float[rows.Length]);
        Array.Fill(values, None);
        long cut = 0, all = 0;
        for (var row = 0; row < rows.Length; row++)
        {
            var words = WordTokenizer.Split(text.Texts.TextAt(row), lowerCase: false).Length;
            if (rows[row].Length == 0)
                continue;
            if (rows[row].Length != words)
                return Error.Invalid($"Task '{task.Name}': row {row + 1} has {rows[row].Length} tags for {words} words.", "Give each word between spaces one tag.", $"{field}.column");
            labelled[row] = 1;
            (cut, all) = (cut + Math.Max(0, words - text.MaximumTokens), all + words);
            for (var place = 0; place < Math.Min(words, text.MaximumTokens); place++)
                values[(row * text.MaximumTokens) + place] = places[rows[row][place]];
        }

        // Half a token more for each tag, so that one which training rows lack has a finite logarithm.
        var counts = Enumerable.Repeat(0.5, tags.Length).ToArray();
        foreach (var row in trainRows)
            foreach (var value in values.AsSpan(row * text.MaximumTokens, text.MaximumTokens))
                if (value >= 0)
                    counts[(int)value]++;
        var sum = counts.Sum();
        return new TaggingTarget(values, labelled, text.MaximumTokens, tags, [.. counts.Select(count => (float)Math.Log(count / sum))]) { CutShare = (double)cut / Math.Max(1, all) };
    }

    private Node ByToken(Node output) => output.Reshape([output.Shape[0], Tokens, Tags.Count]);
}

/// <summary>The text whose words are tagged.</summary>
/// <param name="Texts">Its column.</param>
/// <param name="MaximumTokens">Words of each row that the model reads.</param>
internal sealed record TaggedText(Column Texts, int MaximumTokens)
{
    /// <summary>The inputs' only modality, where it is a text cut into words; else null.</summary>
    public static TaggedText? Of(FeaturePlan plan, Table table) => plan is { Modalities: [TextInput { Column: WordColumn words }], Columns.Count: 1 }
        ? new TaggedText(table[words.Name], words.MaximumTokens)
        : null;
}
