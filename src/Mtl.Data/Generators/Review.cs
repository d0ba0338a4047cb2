using System.Globalization;
using Mtl.Core.Random;

namespace Mtl.Data.Generators;

/// <summary>One text of <see cref="Reviews"/>, written token by token with a tag for each.</summary>
internal sealed class Review
{
    private static readonly string[] Positive = ["great", "excellent", "lovely", "superb", "pleasant", "brilliant", "smooth", "fair", "reliable", "delightful"];
    private static readonly string[] Negative = ["awful", "terrible", "poor", "dreadful", "clumsy", "disappointing", "slow", "unfair", "broken", "dull"];
    private static readonly string[] Subjects = ["it", "everything", "the whole thing", "the result", "my impression", "that"];
    private static readonly string[] Intensities = ["really", "quite", "truly", "rather", "so"];
    private static readonly string[] Negations = ["was not", "was never", "was hardly", "is not"];
    private static readonly string[] Affirmations = ["was", "is", "felt", "turned out"];
    private static readonly string[] Openers = ["last week", "in the end", "to be honest", "this spring", "after some time", "yesterday"];

    private readonly CounterRandom random;
    private readonly List<(string Token, string Tag)> tokens = [];
    private ulong draws;

    public Review(CounterRandom random)
    {
        this.random = random;
        var topic = Pick(ReviewWords.Topics);
        Topic = topic.Name;
        if (Chance(0.4))
            Say(Pick(Openers));
        Experience(topic);
        if (Chance(0.35))
            Aside();
        Say(Pick([".", ",", "and", "but"]));
        IsPositive = Chance(0.5);
        Judgement(topic);
        if (Chance(0.4))
            Hearsay();
        Say(".");
    }

    public string Topic { get; }

    public bool IsPositive { get; }

    public string Text => string.Join(' ', tokens.Select(token => token.Token));

    public string Tags => string.Join(' ', tokens.Select(token => token.Tag));

    /// <summary>"Nora Lindholm booked the hotel near Paris": what the review is about.</summary>
    private void Experience(ReviewTopic topic)
    {
        if (Chance(0.5))
            Name("PER");
        else
            Say(Pick(["i", "we", "my sister", "a colleague"]));
        Say(Pick(topic.Verbs));
        Say("the");
        Say(Pick(topic.Nouns));
        if (Chance(0.6))
            Preposed("LOC", "in", "near", "outside", "around");
        if (Chance(0.5))
            Preposed("ORG", "from", "by", "through", "of");
    }

    /// <summary>"while Jordan watched the match": another topic, which is not the review's.</summary>
    private void Aside()
    {
        var other = Pick(ReviewWords.Topics);
        Say("while");
        Name("PER");
        Say(Pick(other.Verbs));
        Say("a");
        Say(Pick(other.Nouns));
    }

    /// <summary>"the hotel was not really awful": the reviewer's own view.</summary>
    private void Judgement(ReviewTopic topic)
    {
        if (Chance(0.3))
            Say($"the {Pick(topic.Nouns)}");
        else
            Say(Pick(Subjects));
        var negated = Chance(0.35);
        Say(Pick(negated ? Negations : Affirmations));
        if (Chance(0.4))
            Say(Pick(Intensities));
        Say(Pick(IsPositive != negated ? Positive : Negative));
    }

    /// <summary>", though Paris Hale called it superb": what somebody else thinks.</summary>
    private void Hearsay()
    {
        Say(", though");
        Name("PER");
        Say(Pick(["called it", "found it", "thought it"]));
        Say(Pick(Chance(0.5) ? Positive : Negative));
    }

    private void Preposed(string kind, params string[] prepositions)
    {
        Say(Pick(prepositions));
        Name(kind);
    }

    private void Name(string kind)
    {
        var name = Chance(0.15) ? Invented(kind) : kind switch
        {
            "PER" => Chance(0.5) ? Pick(ReviewWords.FirstNames) : $"{Pick(ReviewWords.FirstNames)} {Pick(ReviewWords.LastNames)}",
            "LOC" => Pick(ReviewWords.Places),
            _ => Chance(0.4) ? Pick(ReviewWords.Firms) : $"{Pick(ReviewWords.Firms)} {Pick(ReviewWords.FirmEndings)}",
        };
        var inside = false;
        foreach (var token in name.Split(' '))
        {
            tokens.Add((token, (inside ? "I-" : "B-") + kind));
            inside = true;
        }
    }

    /// <summary>A name of syllables that no other text is likely to have.</summary>
    private string Invented(string kind)
    {
        var word = string.Concat(Enumerable.Range(0, 3).Select(_ => Pick(ReviewWords.Syllables)));
        word = string.Concat(char.ToUpper(word[0], CultureInfo.InvariantCulture).ToString(), word.AsSpan(1));
        return kind == "ORG" && Chance(0.5) ? $"{word} {Pick(ReviewWords.FirmEndings)}" : word;
    }

    private void Say(string words)
    {
        foreach (var word in words.Split(' '))
            tokens.Add((word, "O"));
    }

    private bool Chance(double probability) => random.Double(draws++) < probability;

    private T Pick<T>(IReadOnlyList<T> choices) => choices[random.Below(choices.Count, draws++)];
}
