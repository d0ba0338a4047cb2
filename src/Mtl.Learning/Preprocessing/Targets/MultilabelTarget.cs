using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Data.Tables;
using Mtl.Graph;

namespace Mtl.Learning.Preprocessing.Targets;

/// <summary>Any number of several labels, trained as 0 or 1 for each from a logit each. A row without a value is unlabelled; with one label column each, a row that lacks any.</summary>
public sealed record MultilabelTarget(float[] Values, float[] Labelled, IReadOnlyList<string> Names, IReadOnlyList<double> LabelShares) : TaskTarget(Values, Labelled)
{
    private static readonly string[] Yes = ["1", "yes", "true"];
    private static readonly string[] No = ["0", "no", "false"];

    public override IReadOnlyList<string> Labels => Names;

    public override int Width => Names.Count;

    public override int Outputs => Names.Count;

    public override IReadOnlyList<float> Bias => [.. LabelShares.Select(share => (float)Math.Log(share / (1 - share)))];

    public override Node Prediction(Node output) => output.Sigmoid();

    public override TaskTarget On(float[] labelled, ReadOnlySpan<int> trainRows) => this with { Labelled = labelled, LabelShares = Counted(Values, labelled, Names.Count, trainRows, LabelShares) };

    /// <summary>From one column of separated labels. Labels are those of all rows, in ordinal order.</summary>
    internal static Result<TaskTarget> Fit(TaskDefinition task, string field, Column column, ReadOnlySpan<int> trainRows)
    {
        var texts = column.AsText();
        string[][] sets = Array.ConvertAll(texts.Vocabulary, text => text.Split(task.Separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        HashSet<int> used = [.. texts.Codes.Where(code => code != TextColumn.Missing)];
        string[] names = [.. used.SelectMany(code => sets[code]).Distinct().Order(StringComparer.Ordinal)];
        if (names.Length is < 2 or > MulticlassTarget.MaximumClasses)
        {
            return Error.Invalid(
                $"Task '{task.Name}' is multilabel, but column '{column.Name}' has {names.Length} label{(names.Length == 1 ? "" : "s")} separated by '{task.Separator}'; 2 to {MulticlassTarget.MaximumClasses} are allowed.",
                "Correct the separator, or choose another column.",
                $"{field}.separator");
        }

        var places = names.Index().ToDictionary(name => name.Item, name => name.Index);
        var (values, labelled) = (new float[checked(texts.Count * names.Length)], new float[texts.Count]);
        for (var row = 0; row < texts.Count; row++)
        {
            if (texts.Codes[row] == TextColumn.Missing)
                continue;
            labelled[row] = 1;
            foreach (var name in sets[texts.Codes[row]])
                values[row * names.Length + places[name]] = 1;
        }

        return new MultilabelTarget(values, labelled, names, Counted(values, labelled, names.Length, trainRows, null));
    }

    /// <summary>From a column of 0 and 1 for each label.</summary>
    internal static Result<TaskTarget> Fit(TaskDefinition task, string field, IReadOnlyList<Column> columns, ReadOnlySpan<int> trainRows)
    {
        var rows = columns[0].Count;
        var values = new float[checked(rows * columns.Count)];
        float[] labelled = [.. Enumerable.Range(0, rows).Select(row => columns.Any(column => column.IsMissing(row)) ? 0f : 1f)];
        for (var label = 0; label < columns.Count; label++)
        {
            var texts = columns[label].AsText();
            float[] truths = Array.ConvertAll(texts.Vocabulary, text => Yes.Contains(text, StringComparer.OrdinalIgnoreCase) ? 1 : No.Contains(text, StringComparer.OrdinalIgnoreCase) ? 0 : float.NaN);
            for (var row = 0; row < rows; row++)
            {
                if (texts.Codes[row] == TextColumn.Missing)
                    continue;
                var truth = truths[texts.Codes[row]];
                if (float.IsNaN(truth))
                {
                    return Error.Invalid(
                        $"Task '{task.Name}': column '{columns[label].Name}' has '{texts.TextAt(row)}' in row {row + 1}; a label's column holds 0 and 1, no and yes, or false and true.",
                        "Clean the column, or leave it out.",
                        $"{field}.columns[{label}]");
                }

                values[row * columns.Count + label] = labelled[row] * truth;
            }
        }

        return new MultilabelTarget(values, labelled, [.. columns.Select(column => column.Name)], Counted(values, labelled, columns.Count, trainRows, null));
    }

    /// <summary>Shares with one row more, half of it positive (or divided like all rows), so that a label without or with only positive rows has a finite logit.</summary>
    private static double[] Counted(float[] values, float[] labelled, int labels, ReadOnlySpan<int> trainRows, IReadOnlyList<double>? prior)
    {
        double[] positives = [.. Enumerable.Range(0, labels).Select(label => prior?[label] ?? 0.5)];
        var count = 1.0;
        foreach (var row in trainRows)
        {
            if (labelled[row] == 0)
                continue;
            count++;
            for (var label = 0; label < labels; label++)
                positives[label] += values[row * labels + label];
        }

        return Array.ConvertAll(positives, positive => positive / count);
    }
}
