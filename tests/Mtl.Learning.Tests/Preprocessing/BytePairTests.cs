using Mtl.Core.Text;
using Mtl.Learning.Preprocessing.Tokenizers.BytePair;

namespace Mtl.Learning.Tests.Preprocessing;

public class BytePairTests
{
    /// <summary>The words of the paper's listing.</summary>
    private static readonly (string Text, int Rows)[] Texts = [("low", 5), ("lower", 2), ("newest", 6), ("Widest", 3)];

    [Fact]
    public void The_most_frequent_neighbours_are_merged_first()
    {
        var column = (BytePairColumn)new BytePairTokenizer(new BytePairOptions { VocabularySize = 18 }).Fit("text", Texts);

        // e s: 9, es t: 9, l o: 7, then those of "newest" with 6 in ordinal order, then lo w: 5.
        column.Merges.ShouldBe(["e s", "es t</w>", "l o", "e w", "ew est</w>", "n ewest</w>", "lo w</w>"]);
        column.Vocabulary.Count.ShouldBe(18);
        column.Vocabulary.Take(2).ShouldBe(["e", "w"]);
        column.Vocabulary.Skip(11).ShouldBe(["es", "est</w>", "lo", "ew", "ewest</w>", "newest</w>", "low</w>"]);
    }

    [Fact]
    public void A_word_that_training_had_not_is_cut_into_known_parts()
    {
        var column = (BytePairColumn)new BytePairTokenizer(new BytePairOptions { VocabularySize = 18, MaximumTokens = 8 }).Fit("text", Texts);

        Tokens(column, "LOWEST  newest").ShouldBe(["lo", "w", "est</w>", "newest</w>", "", "", "", ""]);
        Tokens(column, "low q").ShouldBe(["low</w>", "?", "", "", "", "", "", ""]);
        Tokens(column, "").ShouldAllBe(token => token.Length == 0);
    }

    [Fact]
    public void What_is_beyond_the_longest_text_is_left_out() =>
        Tokens((BytePairColumn)new BytePairTokenizer(new BytePairOptions { VocabularySize = 18, MaximumTokens = 2 }).Fit("text", Texts), "lowest low").ShouldBe(["lo", "w"]);

    [Fact]
    public void The_order_of_the_texts_does_not_matter() =>
        ((BytePairColumn)new BytePairTokenizer(new BytePairOptions()).Fit("text", [.. Texts.Reverse()])).Merges.ShouldBe(
            ((BytePairColumn)new BytePairTokenizer(new BytePairOptions()).Fit("text", Texts)).Merges);

    [Fact]
    public void Upper_case_stays_where_it_is_wanted() =>
        ((BytePairColumn)new BytePairTokenizer(new BytePairOptions { LowerCase = false }).Fit("text", Texts)).Vocabulary.ShouldContain("W");

    private static string[] Tokens(BytePairColumn column, string text)
    {
        var ids = new long[column.MaximumTokens];
        new BytePairCodec(column.DescribeTokenizer()).Encode(text, ids);
        return [.. ids.Select(id => id switch { 0 => "", 1 => "?", _ => column.Vocabulary[(int)id - 2] })];
    }
}
