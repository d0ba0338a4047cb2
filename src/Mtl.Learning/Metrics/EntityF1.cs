namespace Mtl.Learning.Metrics;

/// <summary>
/// F1 over the entities of all texts together: an entity counts as found where its type, its first and its last word are right. Tags are read as conlleval's and seqeval's default mode do, which take malformed sequences as
/// they are: an entity begins at B-type, at I-type after O or after another type, and goes on through I-type. The prefixes E (last word) and S (single word) are understood too; a tag with none of these stands for
/// an entity of its own name, as I-tag. Source: Tjong Kim Sang and De Meulder, CoNLL 2003; Nakayama, seqeval, 2018.
/// </summary>
internal static class EntityF1
{
    /// <summary>2·tp/(true + predicted); 0 where there are neither; NaN without the tags' names.</summary>
    public static double Of(Predictions predictions)
    {
        if (predictions.Tags.Count == 0)
            return double.NaN;
        var words = predictions.EachWord();
        var length = predictions.TargetWidth;
        var (hits, both) = (0L, 0L);
        for (var row = 0; row < predictions.Rows; row++)
        {
            List<string> truth = [];
            List<string> guess = [];
            for (var word = row * length; word < (row + 1) * length && words.IsLabelled(word); word++)
            {
                truth.Add(predictions.Tags[words.TrueLabel(word)]);
                guess.Add(predictions.Tags[words.PredictedLabel(word)]);
            }

            var (occurring, predicted) = (Entities(truth), Entities(guess));
            both += occurring.Count + predicted.Count;
            hits += occurring.Intersect(predicted).Count();
        }

        return both > 0 ? 2.0 * hits / both : 0;
    }

    /// <summary>The entities of one text, in their order.</summary>
    internal static List<Entity> Entities(IReadOnlyList<string> tags)
    {
        List<Entity> entities = [];
        var last = new Tag('O', "");
        for (var word = 0; word < tags.Count; word++)
        {
            var tag = Tag.Of(tags[word]);
            if (tag.Place != 'O')
            {
                var begins = tag.Place is 'B' or 'S' || last.Place is 'O' or 'E' or 'S' || last.Type != tag.Type;
                if (begins)
                    entities.Add(new Entity(tag.Type, word, word));
                else
                    entities[^1] = entities[^1] with { Last = word };
            }

            last = tag;
        }

        return entities;
    }

    private readonly record struct Tag(char Place, string Type)
    {
        public static Tag Of(string text) => text switch
        {
            "O" => new('O', ""),
            ['B' or 'I' or 'E' or 'S', '-', .. var type] => new(text[0], type),
            _ => new('I', text),
        };
    }
}

/// <summary>Words of a text that name something.</summary>
/// <param name="Type">What they name.</param>
/// <param name="First">The first word.</param>
/// <param name="Last">The last word.</param>
internal readonly record struct Entity(string Type, int First, int Last);
