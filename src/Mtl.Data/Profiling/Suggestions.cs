using System.Globalization;
using Mtl.Core.Definitions;
using Mtl.Data.Tables;

namespace Mtl.Data.Profiling;

/// <summary>What a column may be used for, by two tables of rules: the first row that holds decides.</summary>
internal static class Suggestions
{
    private const int FewestForIdentifier = 20;
    private const double NearlyAll = 0.95;
    private const int MostLabels = 50;
    private const int MostWholeLabels = 10;
    private const int FewestWords = 4;
    private const int WordsOfRows = 1000;

    private static readonly string[] SplitLabels = ["train", "val", "validation", "test"];
    private static readonly string[] IdentifierEndings = ["id", "key", "uuid", "guid", "code", "number", "no"];

    private static readonly (Func<Facts, bool> Holds, ColumnRole Role, Func<Facts, string> Reason)[] Roles =
    [
        (f => f.Present == 0, ColumnRole.Constant, _ => "No row has a value."),
        (f => f.Distinct == 1, ColumnRole.Constant, f => $"Every value is '{f.Column.TextAt(f.FirstPresent)}'."),
        (f => f.HasSplitLabels, ColumnRole.Split, _ => "Its values label rows as train and test."),
        (f => f.IsTags, ColumnRole.Tags, _ => "Its values are a tag for each word of a text, which says what a tagging task is to find."),
        (f => f.IsText, ColumnRole.Text, f => string.Create(CultureInfo.InvariantCulture, $"Texts of about {f.Words:0} words: too different to be categories, to be read as a text by an encoder for texts.")),
        (f => f.IsIdentifier, ColumnRole.Identifier, f => string.Create(CultureInfo.InvariantCulture, $"{f.Distinct:N0} different values in {f.Present:N0} rows tell rows apart and carry nothing to learn from.")),
        (_ => true, ColumnRole.Input, _ => ""),
    ];

    private static readonly (Func<Facts, bool> Holds, TaskKind? Task, Func<Facts, string> Reason)[] Tasks =
    [
        (f => f.Distinct < 2, null, f => f.Distinct == 0 ? "A task needs labels; no row has a value." : "A task needs at least two different labels; there is one."),
        (f => f.HasSplitLabels, null, _ => "It tells rows apart into train and test."),
        (f => f.IsTags, TaskKind.Tagging, _ => "Its values are a tag for each word of a text."),
        (f => f.IsText, null, _ => "It is a text, not a label."),
        (f => f.IsIdentifier, null, _ => "It identifies rows."),
        (f => f.Distinct == 2, TaskKind.Binary, _ => "It has two different values."),
        (f => f.Column.Type == ColumnType.Text && f.Distinct <= MostLabels, TaskKind.Multiclass, f => $"It has {f.Distinct} different labels."),
        (f => f.Column.Type == ColumnType.Text, null, f => string.Create(CultureInfo.InvariantCulture, $"{f.Distinct:N0} different labels are too many to tell apart; at most {MostLabels} are suggested.")),
        (f => f.Column.Type == ColumnType.Date, null, _ => "Dates are not suggested as tasks."),
        (f => f.IsWhole && f.Distinct <= MostWholeLabels, TaskKind.Multiclass, f => $"It has {f.Distinct} different whole numbers; take regression if their order counts."),
        (_ => true, TaskKind.Regression, _ => "It is a number."),
    ];

    /// <param name="column">The column.</param>
    /// <param name="distinct">Its different values.</param>
    /// <param name="span">Greatest less least value of numbers.</param>
    internal static ColumnProfile For(Column column, int distinct, double span)
    {
        var facts = new Facts(column, distinct, span);
        var role = Array.Find(Roles, rule => rule.Holds(facts));
        var task = Array.Find(Tasks, rule => rule.Holds(facts));
        return new ColumnProfile(column.Name, column.Type, column.MissingCount, distinct, role.Role, role.Reason(facts), task.Task, task.Reason(facts));
    }

    private sealed record Facts(Column Column, int Distinct, double Span)
    {
        internal int Present { get; } = Column.Count - Column.MissingCount;

        internal bool IsWhole { get; } = Column is NumericColumn { Type: ColumnType.Number, IsInteger: true };

        internal int FirstPresent => Enumerable.Range(0, Column.Count).First(row => !Column.IsMissing(row));

        internal bool HasSplitLabels { get; } = Column is TextColumn { MissingCount: 0, Vocabulary: { Length: 2 or 3 } labels }
            && Array.TrueForAll(labels, label => SplitLabels.Contains(label, StringComparer.OrdinalIgnoreCase))
            && labels.Contains("train", StringComparer.OrdinalIgnoreCase) && labels.Contains("test", StringComparer.OrdinalIgnoreCase);

        /// <summary>Every value is a row of tags with spaces between, as tagging tasks have them: <c>O</c>, <c>B-type</c>, <c>I-type</c>.</summary>
        internal bool IsTags { get; } = Column is TextColumn { Vocabulary: { Length: > 0 } texts }
            && Array.TrueForAll(texts, text => text.Split(' ').All(tag => tag is "O" or ['B' or 'I', '-', _, ..]))
            && Array.Exists(texts, text => text.Contains("B-", StringComparison.Ordinal));

        /// <summary>Mean number of words of a text, looked at in the first different ones.</summary>
        internal double Words { get; } = Column is TextColumn { Vocabulary: { Length: > 0 } texts }
            ? texts.Take(WordsOfRows).Average(text => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length)
            : 0;

        internal bool IsText => Words >= FewestWords && Distinct >= FewestForIdentifier && 2 * Distinct >= Present;

        /// <summary>Nearly all values differ, in texts or in whole numbers; the latter must be called so or be numbered without large gaps, because measurements may differ as well.</summary>
        internal bool IsIdentifier => Present >= FewestForIdentifier && Distinct >= NearlyAll * Present
            && (Column.Type == ColumnType.Text || (IsWhole && (IsCalledIdentifier || (Distinct == Present && Span < 1.5 * Present))));

        private bool IsCalledIdentifier => Array.Exists(IdentifierEndings, ending =>
            Column.Name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)
            && (Column.Name.Length == ending.Length || !char.IsLetter(Column.Name[^(ending.Length + 1)]) || char.IsUpper(Column.Name[^ending.Length])));
    }
}
