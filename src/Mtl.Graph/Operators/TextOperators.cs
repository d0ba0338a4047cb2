namespace Mtl.Graph;

/// <summary>Operators on texts.</summary>
public static class TextOperators
{
    /// <summary>A vector of texts with A to Z made small; other letters stay as they are, since ONNX Runtime asks the machine for any locale but "C", and not every machine has the same.</summary>
    public static Node LowerCase(this Node texts) => Node.Apply(
        Op.StringNormalizer, Attributes.Of(("case_change_action", "LOWER"), ("is_case_sensitive", 1), ("locale", "C")), texts);

    /// <summary>The words of each text, [texts] → [texts, words]: what stands between spaces, and empty texts after the last one. Needs opset 20.</summary>
    public static Node SplitWords(this Node texts) => Node.ApplyMany(Op.StringSplit, Attributes.None, texts)[0];
}
