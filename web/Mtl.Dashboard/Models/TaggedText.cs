namespace Mtl.Dashboard.Models;

/// <summary>Words that belong together under a tag.</summary>
/// <param name="Tag">Without IOB's <c>B-</c> and <c>I-</c>; empty for words outside of everything and beyond the tags.</param>
public sealed record TaggedSpan(string Words, string Tag);

/// <summary>A tagging task's prediction laid over its text.</summary>
public static class TaggedText
{
    /// <summary>
    /// <c>at New York</c> with <c>O B-LOC I-LOC</c> is <c>at</c> and, as LOC, <c>New York</c>. An <c>I-</c> that continues nothing begins a span; tags of no IOB scheme stand for one word each.
    /// </summary>
    /// <param name="text">Words with white space between.</param>
    /// <param name="tags">The tag of each of its first words, with spaces between.</param>
    public static IReadOnlyList<TaggedSpan> Of(string text, string tags)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var ofWords = tags.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        List<TaggedSpan> spans = [];
        foreach (var (word, tag) in words.Select((word, i) => (word, i < ofWords.Length ? ofWords[i] : "O")))
        {
            var (isInside, name) = (tag == "O" || tag.StartsWith("I-", StringComparison.Ordinal), Name(tag));
            if (isInside && spans is [.., var last] && last.Tag == name)
                spans[^1] = last with { Words = $"{last.Words} {word}" };
            else
                spans.Add(new(word, name));
        }

        return spans;
    }

    private static string Name(string tag) => tag == "O" ? "" : tag.StartsWith("B-", StringComparison.Ordinal) || tag.StartsWith("I-", StringComparison.Ordinal) ? tag[2..] : tag;
}
