using Mtl.Core.Definitions;
using Mtl.Core.Signatures;

namespace Mtl.Learning.Preprocessing;

/// <summary>
/// A text: id 0 for what training does not know (texts not seen, too rare, or beyond the most frequent ones), then an id for each text of the vocabulary. A missing value is the
/// empty text, which has its place in the vocabulary when training rows had it and counts as unknown otherwise.
/// One-hot, a feature for each id (for id 0 only when training rows had it: it would stay untrained); or an id for a learned embedding.
/// </summary>
/// <param name="Name">The column.</param>
/// <param name="Vocabulary">The text of each id from 1 on: the most frequent first, equally frequent ones in ordinal order.</param>
/// <param name="HadUnknown">Whether training rows had texts outside the vocabulary.</param>
/// <param name="IsEmbedded">Whether ids go to a learned embedding rather than to one-hot features.</param>
public sealed record CategoricalInput(string Name, IReadOnlyList<string> Vocabulary, bool HadUnknown, bool IsEmbedded) : InputColumn(Name)
{
    /// <summary>Number of ids, the unknown category's included.</summary>
    public int Count => Vocabulary.Count + 1;

    /// <summary>The ids that have a one-hot feature.</summary>
    public IEnumerable<long> OneHotIds => IsEmbedded ? [] : Enumerable.Range(HadUnknown ? 0 : 1, Count - (HadUnknown ? 0 : 1)).Select(id => (long)id);

    public override ModelInput Describe() => new(Name, InputKind.Categorical) { Categories = [.. Vocabulary.Where(text => text.Length > 0)] };

    /// <param name="name">The column.</param>
    /// <param name="counts">The training rows' different texts, the empty one for missing values among them, and how many rows have each.</param>
    /// <param name="preprocessing">Limits of vocabulary and one-hot encoding.</param>
    public static CategoricalInput Fit(string name, IEnumerable<(string Text, int Rows)> counts, PreprocessingDefinition preprocessing)
    {
        (string Text, int Rows)[] seen = [.. counts];
        string[] vocabulary =
        [
            .. seen
                .Where(entry => entry.Rows >= preprocessing.MinimumCategoryCount || entry.Text.Length == 0)
                .OrderByDescending(entry => entry.Rows)
                .ThenBy(entry => entry.Text, StringComparer.Ordinal)
                .Select(entry => entry.Text)
                .Take(preprocessing.MaximumCategories),
        ];
        return new CategoricalInput(name, vocabulary, vocabulary.Length < seen.Length, vocabulary.Length > preprocessing.OneHotLimit);
    }
}
