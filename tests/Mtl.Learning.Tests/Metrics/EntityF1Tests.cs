using Mtl.Core.Definitions;
using Mtl.Learning.Metrics;

namespace Mtl.Learning.Tests.Metrics;

public class EntityF1Tests
{
    private static readonly string[] Tags = ["B-LOC", "B-MISC", "B-PER", "I-LOC", "I-MISC", "I-PER", "O"];

    /// <summary>Read as conlleval (2000) and seqeval's default mode read them.</summary>
    [Theory]
    [InlineData("", "")]
    [InlineData("O O", "")]
    [InlineData("B-PER I-PER O B-LOC", "PER 0-1, LOC 3-3")]
    [InlineData("B-PER B-PER I-PER", "PER 0-0, PER 1-2")]
    [InlineData("I-PER I-PER O I-LOC", "PER 0-1, LOC 3-3")]
    [InlineData("B-PER I-LOC I-LOC", "PER 0-0, LOC 1-2")]
    [InlineData("O I-PER B-PER I-PER", "PER 1-1, PER 2-3")]
    [InlineData("B-PER O I-PER", "PER 0-0, PER 2-2")]
    [InlineData("B-air-line I-air-line", "air-line 0-1")]
    [InlineData("B-PER I-PER E-PER I-PER S-LOC S-LOC", "PER 0-2, PER 3-3, LOC 4-4, LOC 5-5")]
    [InlineData("NOUN NOUN VERB O", "NOUN 0-1, VERB 2-2")]
    [InlineData("B- O", " 0-0")]
    public void Entities_are_read_leniently(string tags, string expected) =>
        string.Join(", ", EntityF1.Entities(tags.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(entity => $"{entity.Type} {entity.First}-{entity.Last}")).ShouldBe(expected);

    /// <summary>The example of seqeval's own documentation: F1 0.50, accuracy 0.80.</summary>
    [Fact]
    public void The_published_example_has_its_published_values()
    {
        string[] truth = ["O O O B-MISC I-MISC I-MISC O", "B-PER I-PER O"];
        string[] guess = ["O O B-MISC I-MISC I-MISC I-MISC O", "B-PER I-PER O"];

        Measure("entity_f1", truth, guess).ShouldBe(0.5, 1e-12);
        Measure("token_accuracy", truth, guess).ShouldBe(0.8, 1e-12);
    }

    [Theory]
    [InlineData("B-PER I-PER O", "B-PER O O", 0)]
    [InlineData("B-PER O B-LOC", "B-PER O B-PER", 0.5)]
    [InlineData("B-PER O B-LOC", "B-PER O O", 2.0 / 3)]
    [InlineData("B-PER I-PER", "I-PER I-PER", 1)]
    [InlineData("O O", "O O", 0)]
    [InlineData("B-PER I-PER O B-LOC", "B-LOC I-LOC O B-LOC", 0.5)]
    [InlineData("B-PER B-PER O O", "B-PER I-PER O O", 0)]
    [InlineData("I-LOC O O O", "B-LOC O O O", 1)]
    [InlineData("O O B-LOC I-LOC", "B-LOC O B-LOC I-LOC", 2.0 / 3)]
    public void An_entity_counts_where_type_first_and_last_word_are_right(string truth, string guess, double expected) => Measure("entity_f1", [truth], [guess]).ShouldBe(expected, 1e-12);

    [Fact]
    public void No_entity_reaches_into_the_next_text() => Measure("entity_f1", ["O B-PER", "I-PER O"], ["O B-PER", "I-PER O"]).ShouldBe(1);

    [Fact]
    public void Rows_without_tags_do_not_count()
    {
        var (values, targets) = Encoded(["B-PER O", "B-LOC O"], ["B-PER O", "O O"]);

        Metric("entity_f1").Of(new Predictions(TaskKind.Tagging, values, targets, [1, 0], targets.Length / 2) { Tags = Tags }).ShouldBe(1);
        Metric("token_accuracy").Of(new Predictions(TaskKind.Tagging, values, targets, [1, 0], targets.Length / 2) { Tags = Tags }).ShouldBe(1);
        ConfusionMatrix.Of(new Predictions(TaskKind.Tagging, values, targets, [0, 1], targets.Length / 2).EachWord())[0, 6].ShouldBe(1);
    }

    [Fact]
    public void Entities_are_undefined_where_the_tags_have_no_names() =>
        Metric("entity_f1").Of(new Predictions(TaskKind.Tagging, [0.9f, 0.1f, 0.2f, 0.8f], [0, 1], [], 2)).ShouldBe(double.NaN);

    private static double Measure(string key, string[] truth, string[] guess)
    {
        var (values, targets) = Encoded(truth, guess);
        return Metric(key).Of(new Predictions(TaskKind.Tagging, values, targets, [], targets.Length / truth.Length) { Tags = Tags });
    }

    private static Metric Metric(string key) => MetricTable.For(TaskKind.Tagging).Single(metric => metric.Key == key);

    /// <summary>Texts of at most eight words; beyond the end there is no tag, and the guess is wrong.</summary>
    private static (float[] Values, float[] Targets) Encoded(string[] truth, string[] guess)
    {
        const int Length = 8;
        float[] targets = [.. truth.SelectMany(tags => Padded(tags, -1))];
        float[] values = [.. guess.SelectMany(tags => Padded(tags, 0)).SelectMany(index => Enumerable.Range(0, Tags.Length).Select(tag => tag == (int)index ? 0.4f : 0.1f))];
        return (values, targets);

        static IEnumerable<float> Padded(string tags, float padding)
        {
            float[] indices = [.. tags.Split(' ').Select(tag => (float)Array.IndexOf(Tags, tag))];
            return indices.Concat(Enumerable.Repeat(padding, Length - indices.Length));
        }
    }
}
