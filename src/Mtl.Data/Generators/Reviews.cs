using Mtl.Core.Random;
using Mtl.Data.Tables;

namespace Mtl.Data.Generators;

/// <summary>
/// Made-up reviews from a seeded grammar, for three tasks on one text:
/// <list type="bullet">
/// <item><c>topic</c> (multiclass: finance, food, sport, technology, travel): what the review's own clause is about; an aside may speak of another topic;</item>
/// <item><c>entities</c> (a tag for each token, with spaces between: <c>O</c>, <c>B-PER</c>, <c>I-PER</c>, <c>B-LOC</c>, <c>I-LOC</c>, <c>B-ORG</c>, <c>I-ORG</c>): some names are persons here and places
/// there, and some occur once only, so that what stands around them decides;</item>
/// <item><c>sentiment</c> (binary: positive, negative): the reviewer's own judgement, which a negation turns round; what another person is said to think does not count.</item>
/// </list>
/// Tokens have spaces between them, punctuation too; no text has more than <see cref="MaximumTokens"/>.
/// </summary>
public static class Reviews
{
    /// <summary>No text has more tokens.</summary>
    public const int MaximumTokens = 40;

    /// <param name="rows">Reviews.</param>
    /// <param name="seed">Of every random choice.</param>
    public static Table Generate(int rows = 4000, ulong seed = 1)
    {
        var random = new CounterRandom(seed, "reviews");
        var reviews = Enumerable.Range(0, rows).Select(row => new Review(random.Fork((ulong)row))).ToArray();
        return new Table(
        [
            TextColumn.Of("text", reviews.Select(review => review.Text)),
            TextColumn.Of("topic", reviews.Select(review => review.Topic)),
            TextColumn.Of("entities", reviews.Select(review => review.Tags)),
            TextColumn.Of("sentiment", reviews.Select(review => review.IsPositive ? "positive" : "negative")),
        ]);
    }
}
