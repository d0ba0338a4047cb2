using Mtl.Data.Generators;

namespace Mtl.Data.Tests.Generators;

public class ReviewsTests
{
    [Fact]
    public void Every_token_has_a_tag_and_tags_inside_a_name_follow_its_beginning()
    {
        var table = Reviews.Generate(500);
        var tags = new HashSet<string>();
        for (var row = 0; row < 500; row++)
        {
            var (tokens, own) = (table["text"].TextAt(row).Split(' '), table["entities"].TextAt(row).Split(' '));
            own.Length.ShouldBe(tokens.Length);
            tokens.Length.ShouldBeLessThanOrEqualTo(Reviews.MaximumTokens);
            for (var place = 0; place < own.Length; place++)
                if (own[place].StartsWith('I'))
                    own[place - 1][1..].ShouldBe(own[place][1..]);
            tags.UnionWith(own);
        }

        tags.Order().ShouldBe(["B-LOC", "B-ORG", "B-PER", "I-LOC", "I-ORG", "I-PER", "O"]);
        Enumerable.Range(0, 500).CountBy(table["topic"].TextAt).ShouldAllBe(topic => topic.Value > 60);
        Enumerable.Range(0, 500).CountBy(table["sentiment"].TextAt).ShouldAllBe(sentiment => sentiment.Value > 200);
    }

    [Fact]
    public void Some_names_are_of_two_kinds_and_the_same_seed_gives_the_same_reviews()
    {
        var table = Reviews.Generate(1000, seed: 2);
        var kinds = new Dictionary<string, HashSet<string>>();
        for (var row = 0; row < 1000; row++)
            foreach (var (token, tag) in table["text"].TextAt(row).Split(' ').Zip(table["entities"].TextAt(row).Split(' ')))
                (kinds.TryGetValue(token, out var seen) ? seen : kinds[token] = []).Add(tag);

        kinds["Paris"].IsSupersetOf(["B-PER", "B-LOC"]).ShouldBeTrue();
        kinds["Austin"].IsSupersetOf(["B-PER", "B-LOC", "B-ORG"]).ShouldBeTrue();
        Enumerable.Range(0, 1000).Select(Reviews.Generate(1000, seed: 2)["text"].TextAt).ShouldBe(Enumerable.Range(0, 1000).Select(table["text"].TextAt));
        Enumerable.Range(0, 1000).Select(Reviews.Generate(1000, seed: 3)["text"].TextAt).ShouldNotBe(Enumerable.Range(0, 1000).Select(table["text"].TextAt));
    }
}
