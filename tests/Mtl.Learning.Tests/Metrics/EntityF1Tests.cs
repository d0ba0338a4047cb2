using Mtl.Core.Definitions;
using Mtl.Learning.Metrics;

namespace Mtl.Learning.Tests.Metrics;

public class EntityF1Tests
{
    private static readonly string[] Tags = ["B-LOC", "B-PER", "I-LOC", "I-PER", "O"];

    [Theory]
    [InlineData("B-PER I-PER O B-LOC", "B-PER I-PER O B-LOC", 1.0, 1.0)]
    [InlineData("B-PER I-PER O B-LOC", "B-PER O O B-LOC", 0.5, 0.75)]
    [InlineData("B-PER I-PER O B-LOC", "B-LOC I-LOC O B-LOC", 0.5, 0.5)]
    [InlineData("B-PER B-PER O O", "B-PER I-PER O O", 0.0, 0.75)]
    [InlineData("I-LOC O O O", "B-LOC O O O", 1.0, 0.75)]
    [InlineData("O O O O", "O O O O", 0.0, 1.0)]
    [InlineData("O O B-LOC I-LOC", "B-LOC O B-LOC I-LOC", 2.0 / 3, 0.75)]
    public void An_entity_counts_when_kind_first_and_last_token_are_right(string truth, string guess, double f1, double accuracy)
    {
        var predictions = Predictions(truth, guess);

        new Metric("entity_f1", true, [TaskKind.Tagging], EntityF1.Of).Of(predictions).ShouldBe(f1, 1e-12);
        new Metric("token_accuracy", true, [TaskKind.Tagging], EntityF1.TokenAccuracy).Of(predictions).ShouldBe(accuracy, 1e-12);
    }

    /// <summary>One row with two more tokens than the text has.</summary>
    private static Predictions Predictions(string truth, string guess)
    {
        float[] targets = [.. truth.Split(' ').Select(tag => (float)Array.IndexOf(Tags, tag)), -1, -1];
        float[] values = [.. guess.Split(' ').Append("B-PER").Append("B-LOC").SelectMany(tag => Tags.Select(own => own == tag ? 0.6f : 0.1f))];
        return new Predictions(TaskKind.Tagging, values, targets, [], targets.Length) { Names = Tags };
    }
}
