using Mtl.Graph;
using Mtl.Learning.Architectures;

namespace Mtl.Learning.Preprocessing;

/// <summary>
/// The preprocessing as graph nodes, fitted on the training rows: raw columns ([batch, 1] each, named like the column: float with NaN for missing, or string with "" for missing) to
/// dense features [batch, F] (standardised numbers, missing indicators, bins, one-hot categories, in this order) and ids of embedded categories [batch, C].
/// The same nodes make the training matrix and stand at the front of the exported model.
/// </summary>
public sealed class FeaturePlan
{
    private readonly NumericInput[] numbers;
    private readonly CategoricalInput[] oneHot;
    private readonly CategoricalInput[] embedded;

    public FeaturePlan(IReadOnlyList<InputColumn> columns)
    {
        Columns = columns;
        RawInputs = [.. columns.Select(column => Node.Input(column.Name, column is NumericInput ? ElementType.Float : ElementType.String, ["batch", 1]))];
        numbers = [.. columns.OfType<NumericInput>()];
        oneHot = [.. columns.OfType<CategoricalInput>().Where(column => column.OneHotIds.Any())];
        embedded = [.. columns.OfType<CategoricalInput>().Where(column => column.IsEmbedded)];
        FeatureCount = numbers.Length + numbers.Count(column => column.HadMissing) + numbers.Sum(column => Math.Max(0, column.Edges.Count - 1)) + oneHot.Sum(column => column.OneHotIds.Count());
    }

    /// <summary>The inputs, in the table's order.</summary>
    public IReadOnlyList<InputColumn> Columns { get; }

    /// <summary>The raw columns as the graph's inputs, in the same order.</summary>
    public IReadOnlyList<Node> RawInputs { get; }

    /// <summary>F, the number of dense features.</summary>
    public int FeatureCount { get; }

    /// <summary>Ids of each embedded column; their number is C.</summary>
    public IReadOnlyList<int> CategoryCounts => [.. embedded.Select(column => column.Count)];

    /// <summary>The model's inputs as preprocessing gives them: computed from raw columns.</summary>
    public ModelInputs BuildGraph()
    {
        Node[] features = [.. numbers.Length > 0 ? NumericFeatures() : [], .. oneHot.Length > 0 ? [OneHotFeatures()] : Array.Empty<Node>()];
        return new ModelInputs(
            features.Length > 0 ? features.Concat(1) : null,
            embedded.Length > 0 ? Ids(embedded) : null,
            CategoryCounts);
    }

    /// <summary>The model's inputs as training has them: a matrix of features and one of ids, already preprocessed.</summary>
    public ModelInputs PreprocessedInputs() => new(
        FeatureCount > 0 ? Node.Input(FeaturesInput, ElementType.Float, ["batch", FeatureCount]) : null,
        embedded.Length > 0 ? Node.Input(CategoriesInput, ElementType.Int64, ["batch", embedded.Length]) : null,
        CategoryCounts);

    internal const string FeaturesInput = "batch/features";
    internal const string CategoriesInput = "batch/categories";

    private IEnumerable<Node> NumericFeatures()
    {
        var raw = numbers.Select(Raw).ToArray().Concat(1);
        var missing = raw.IsNaN().Or(raw.Abs().Greater(float.MaxValue));
        var means = Row(numbers.Select(column => column.Mean));
        var values = missing.Where(means, raw);
        yield return (values - means) / Row(numbers.Select(column => column.Deviation));

        var lacking = Indices(numbers.Length, index => numbers[index].HadMissing);
        if (lacking.Length > 0)
            yield return missing.Cast(ElementType.Float).Gather(Node.Constant(lacking), 1);

        (int Column, float From, float To)[] bins =
            [.. numbers.SelectMany((column, index) => column.Edges.Zip(column.Edges.Skip(1), (from, to) => (index, from, to)))];
        if (bins.Length > 0)
        {
            var spread = values.Gather(Node.Constant([.. bins.Select(bin => (long)bin.Column)]), 1);
            yield return ((spread - Row(bins.Select(bin => bin.From))) / Row(bins.Select(bin => bin.To - bin.From))).Clip(0, 1);
        }
    }

    private Node OneHotFeatures()
    {
        (int Column, long Id)[] features = [.. oneHot.SelectMany((column, index) => column.OneHotIds.Select(id => (index, id)))];
        var spread = Ids(oneHot).Gather(Node.Constant([.. features.Select(feature => (long)feature.Column)]), 1);
        return spread.Equal(Node.Constant(TensorValue.Of([1, features.Length], [.. features.Select(feature => feature.Id)]))).Cast(ElementType.Float);
    }

    private Node Raw(InputColumn column) => RawInputs.First(input => input.Name == column.Name);

    private Node Ids(CategoricalInput[] columns) => columns
        .Select(column => Raw(column)
            .EncodeLabels(column.Vocabulary, [.. Enumerable.Range(1, column.Vocabulary.Count).Select(id => (long)id)], 0))
        .ToArray()
        .Concat(1);

    private static Node Row(IEnumerable<float> values)
    {
        float[] row = [.. values];
        return Node.Constant(TensorValue.Of([1, row.Length], row));
    }

    private static long[] Indices(int count, Func<int, bool> where) => [.. Enumerable.Range(0, count).Where(where).Select(index => (long)index)];
}
