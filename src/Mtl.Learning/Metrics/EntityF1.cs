namespace Mtl.Learning.Metrics;

/// <summary>
/// Entities told by tags: <c>B-X</c> begins one of kind X, <c>I-X</c> goes on with it (and begins one where none of that kind is open, as conlleval has it), any other tag ends it. An entity is found
/// when kind, first and last token are right. Source: Tjong Kim Sang and De Meulder, "Introduction to the CoNLL-2003 Shared Task", 2003.
/// </summary>
internal static class EntityF1
{
    /// <summary>2·tp / (true + predicted entities), over all rows together; 0 where there are none.</summary>
    public static double Of(Predictions predictions)
    {
        long hits = 0, both = 0;
        for (var row = 0; row < predictions.Rows; row++)
        {
            if (!predictions.IsLabelled(row))
                continue;
            var (truth, guess) = (Entities(Tags(predictions, row, isTruth: true)), Entities(Tags(predictions, row, isTruth: false)));
            hits += truth.Intersect(guess).Count();
            both += truth.Count + guess.Count;
        }

        return both == 0 ? 0 : 2.0 * hits / both;
    }

    /// <summary>Share of the texts' tokens whose tag is right.</summary>
    public static double TokenAccuracy(Predictions predictions)
    {
        long hits = 0, tokens = 0;
        for (var row = 0; row < predictions.Rows; row++)
        {
            if (!predictions.IsLabelled(row))
                continue;
            var (truth, guess) = (Tags(predictions, row, isTruth: true), Tags(predictions, row, isTruth: false));
            hits += truth.Zip(guess).Count(pair => pair.First == pair.Second);
            tokens += truth.Count;
        }

        return tokens == 0 ? double.NaN : (double)hits / tokens;
    }

    internal static List<(string Kind, int First, int Last)> Entities(IReadOnlyList<string> tags)
    {
        var found = new List<(string, int, int)>();
        var (kind, first) = ("", 0);
        for (var place = 0; place <= tags.Count; place++)
        {
            var tag = place < tags.Count ? tags[place] : "O";
            var own = tag.StartsWith("B-", StringComparison.Ordinal) || tag.StartsWith("I-", StringComparison.Ordinal) ? tag[2..] : "";
            if (kind.Length > 0 && (own != kind || tag[0] == 'B'))
            {
                found.Add((kind, first, place - 1));
                kind = "";
            }

            if (own.Length > 0 && kind.Length == 0)
                (kind, first) = (own, place);
        }

        return found;
    }

    private static List<string> Tags(Predictions predictions, int row, bool isTruth)
    {
        var count = predictions.Width / predictions.TargetWidth;
        var tags = new List<string>();
        for (var token = 0; token < predictions.TargetWidth; token++)
        {
            var truth = predictions.Targets[(row * predictions.TargetWidth) + token];
            if (truth < 0)
                break;
            tags.Add(predictions.Names[isTruth ? (int)truth : Best(predictions.Values.Slice((row * predictions.Width) + (token * count), count))]);
        }

        return tags;
    }

    private static int Best(ReadOnlySpan<float> probabilities)
    {
        var best = 0;
        for (var tag = 1; tag < probabilities.Length; tag++)
            if (probabilities[tag] > probabilities[best])
                best = tag;
        return best;
    }
}
