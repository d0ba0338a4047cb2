namespace Mtl.Graph;

/// <summary>Texts to numbers and back, by ai.onnx.ml's LabelEncoder.</summary>
public static class LabelOperators
{
    /// <summary>The position of each text in a vocabulary as Int64; <paramref name="unknown"/> for texts that it lacks.</summary>
    public static Node EncodeLabels(this Node texts, IReadOnlyList<string> vocabulary, long unknown) => texts.EncodeLabels(
        vocabulary, [.. Enumerable.Range(0, vocabulary.Count).Select(i => (long)i)], unknown);

    /// <summary>The number that stands for each text; <paramref name="unknown"/> for texts without one.</summary>
    public static Node EncodeLabels(this Node texts, IReadOnlyList<string> keys, IReadOnlyList<long> values, long unknown) => Node.Apply(
        Op.LabelEncoder,
        Attributes.Of(("keys_strings", keys.ToArray()), ("values_int64s", values.ToArray()), ("default_int64", unknown)),
        texts);

    /// <summary>The text at each position of a vocabulary; <paramref name="unknown"/> for positions outside it.</summary>
    public static Node DecodeLabels(this Node positions, IReadOnlyList<string> vocabulary, string unknown = "") => Node.Apply(
        Op.LabelEncoder,
        Attributes.Of(
            ("keys_int64s", Enumerable.Range(0, vocabulary.Count).Select(i => (long)i).ToArray()),
            ("values_strings", vocabulary.ToArray()),
            ("default_string", unknown)),
        positions);
}
