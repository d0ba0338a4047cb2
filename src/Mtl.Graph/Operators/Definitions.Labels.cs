namespace Mtl.Graph.Operators;

internal static partial class Definitions
{
    private static Dictionary<Op, Definition> Labels => new()
    {
        [Op.LabelEncoder] = new([T([ElementType.String, ElementType.Int64])], Encoded) { Domain = "ai.onnx.ml" },
        [Op.StringNormalizer] = new([T([ElementType.String])], c => c[0].Rank == 1
            ? One(ElementType.String, c[0])
            : c.Fail<IReadOnlyList<TensorType>>("the texts must be a vector")),
        [Op.StringSplit] = new([T([ElementType.String])], c => [new(ElementType.String, [.. c[0], WordsSymbol]), new(ElementType.Int64, c[0])]) { Since = 20 },
    };

    /// <summary>As many as the longest text of a run has words.</summary>
    private const string WordsSymbol = "words";

    private static IReadOnlyList<TensorType> Encoded(Call c)
    {
        var (keys, values, result) = c.Type == ElementType.String
            ? (c.Attributes.Get<string[]>("keys_strings").Length, c.Attributes.Get<long[]>("values_int64s").Length, ElementType.Int64)
            : (c.Attributes.Get<long[]>("keys_int64s").Length, c.Attributes.Get<string[]>("values_strings").Length, ElementType.String);
        return keys == values && keys > 0
            ? One(result, c[0])
            : c.Fail<IReadOnlyList<TensorType>>($"there must be one value for each key, and at least one; got {keys} keys and {values} values");
    }
}
