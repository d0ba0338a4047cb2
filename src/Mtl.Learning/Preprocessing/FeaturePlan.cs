using Mtl.Graph;
using Mtl.Learning.Architectures;
using Mtl.Learning.Preprocessing.Modalities;

namespace Mtl.Learning.Preprocessing;

/// <summary>
/// The preprocessing as graph nodes, fitted on the training rows: raw columns ([batch, 1] each, named like the column: float with NaN for missing, or string with "" for missing) to one matrix of
/// numbers and one of ids. Numbers: dense features (standardised numbers, missing indicators, bins, one-hot categories, in this order), then each modality's; ids: embedded categories, then each
/// modality's. A model's inputs are cut out of these two. The same nodes make the training matrices and stand at the front of the exported model.
/// </summary>
public sealed class FeaturePlan
{
    /// <summary>The part of the inputs that belong to no modality, in a problem with several.</summary>
    public const string ColumnsPart = "columns";

    private readonly NumericInput[] numbers;
    private readonly CategoricalInput[] oneHot;
    private readonly CategoricalInput[] embedded;
    private readonly int denseCount;
    private readonly Dictionary<string, Node> rawByName;

    /// <param name="columns">The input columns that belong to no modality.</param>
    /// <param name="modalities">The modalities; none when left out.</param>
    public FeaturePlan(IReadOnlyList<InputColumn> columns, IReadOnlyList<ModalityInput>? modalities = null)
    {
        Modalities = modalities ?? [];
        Columns = [.. columns, .. Modalities.SelectMany(modality => modality.Columns)];
        RawInputs = [.. Columns.Select(column => column.MakeInput())];
        rawByName = RawInputs.ToDictionary(input => input.Name!);
        numbers = [.. columns.OfType<NumericInput>()];
        oneHot = [.. columns.OfType<CategoricalInput>().Where(column => column.OneHotIds.Any())];
        embedded = [.. columns.OfType<CategoricalInput>().Where(column => column.IsEmbedded)];
        denseCount = numbers.Length + numbers.Count(column => column.HadMissing) + numbers.Sum(column => Math.Max(0, column.Edges.Count - 1)) + oneHot.Sum(column => column.OneHotIds.Count());
        FeatureCount = denseCount + Modalities.Sum(modality => modality.Numbers);
        IdCount = embedded.Length + Modalities.Sum(modality => modality.Ids);
    }

    /// <summary>The inputs: those that belong to no modality in the table's order, then each modality's.</summary>
    public IReadOnlyList<InputColumn> Columns { get; }

    public IReadOnlyList<ModalityInput> Modalities { get; }

    /// <summary>The raw columns as the graph's inputs, in the order of <see cref="Columns"/>.</summary>
    public IReadOnlyList<Node> RawInputs { get; }

    /// <summary>F, the numbers of a row.</summary>
    public int FeatureCount { get; }

    /// <summary>C, the ids of a row.</summary>
    public int IdCount { get; }

    /// <summary>Ids of each embedded column.</summary>
    public IReadOnlyList<int> CategoryCounts => [.. embedded.Select(column => column.Count)];

    /// <summary>From the raw columns to float [batch, F] and int64 [batch, C]; null where there are none.</summary>
    public (Node? Features, Node? Ids) Preprocess()
    {
        Node[] dense = [.. numbers.Length > 0 ? NumericFeatures() : [], .. oneHot.Length > 0 ? [OneHotFeatures()] : Array.Empty<Node>()];
        Node[] categories = embedded.Length > 0 ? [Ids(embedded)] : [];
        var made = Modalities.Select(modality => modality.Preprocess([.. modality.Columns.Select(column => rawByName[column.Name])])).ToArray();
        return (Joined([.. dense, .. made.Where(node => node.IsFloating)]), Joined([.. categories, .. made.Where(node => !node.IsFloating)]));
    }

    /// <summary>The model's inputs as preprocessing gives them: computed from raw columns.</summary>
    public ModelInputs BuildGraph()
    {
        var (features, ids) = Preprocess();
        return Inputs(features, ids);
    }

    /// <summary>The model's inputs as training has them: cut out of a matrix of numbers and one of ids, already preprocessed.</summary>
    public ModelInputs PreprocessedInputs() => Inputs(
        FeatureCount > 0 ? Node.Input(FeaturesInput, ElementType.Float, ["batch", FeatureCount]) : null,
        IdCount > 0 ? Node.Input(CategoriesInput, ElementType.Int64, ["batch", IdCount]) : null);

    internal const string FeaturesInput = "batch/features";
    internal const string CategoriesInput = "batch/categories";

    private static Node? Joined(Node[] parts) => parts.Length == 0 ? null : parts.Concat(1);

    private ModelInputs Inputs(Node? features, Node? ids)
    {
        var (nextFeature, nextId) = (denseCount, embedded.Length);
        var columns = new ModelInputs(Cut(features, 0, denseCount), Cut(ids, 0, embedded.Length), CategoryCounts);
        List<ModalityInputs> parts = denseCount + embedded.Length > 0 ? [new ModalityInputs(ColumnsPart, columns)] : [];
        foreach (var modality in Modalities)
        {
            var preprocessed = modality.Numbers > 0 ? Cut(features, nextFeature, modality.Numbers) : Cut(ids, nextId, modality.Ids);
            parts.Add(new ModalityInputs(modality.Name, modality.Inputs(preprocessed!)));
            (nextFeature, nextId) = (nextFeature + modality.Numbers, nextId + modality.Ids);
        }

        return parts.Count switch
        {
            0 => columns,
            1 => parts[0].Inputs,
            _ => new ModelInputs(null, null, []) { Parts = parts },
        };
    }

    /// <summary>Some columns of a matrix; the matrix itself when they are all of it.</summary>
    private static Node? Cut(Node? matrix, int from, int count) => matrix is null || count == 0 ? null
        : matrix.Shape[1] == count ? matrix
        : matrix.Slice(1, from, from + count);

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

    private Node Raw(InputColumn column) => rawByName[column.Name];

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
