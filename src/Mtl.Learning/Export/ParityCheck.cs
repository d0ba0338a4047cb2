using Mtl.Core.Random;
using Mtl.Data.Tables;
using Mtl.Graph;
using Mtl.Graph.Onnx;
using Mtl.Learning.Preprocessing;
using Mtl.Learning.Preprocessing.Targets;
using Mtl.Learning.Preprocessing.Tokenizers;
using Mtl.Learning.Training;
using Mtl.Runtime;
using Tensor = Mtl.Runtime.Tensor;

namespace Mtl.Learning.Export;

/// <summary>
/// Compares an exported model, run on raw rows, with the trained graph, fed with the preprocessed rows. The rows are random: numbers within and beyond the training range, known and unknown
/// categories, missing values.
/// </summary>
public static class ParityCheck
{
    private const double MissingShare = 0.15;
    private const double UnknownShare = 0.15;

    /// <param name="plan">What was trained.</param>
    /// <param name="parameters">The parameters that were exported.</param>
    /// <param name="onnx">The exported model.</param>
    /// <param name="rows">Rows to compare on.</param>
    /// <param name="seed">Of the random rows.</param>
    public static ParityReport Run(TrainingPlan plan, ReadOnlyMemory<float> parameters, byte[] onnx, int rows = 256, ulong seed = 1)
    {
        var table = RandomRows(plan.Features, rows, new CounterRandom(seed, "parity"));
        using var exported = Executable.Load(onnx, "exported model").Value;
        var raw = plan.Features.Columns.ToDictionary(column => column.Name, column => column.Raw(table[column.Name], 0, rows));
        (string Name, TaskPlan Task)[] outputs = [.. plan.Tasks.SelectMany(task => task.Describe().Extras.Select(extra => extra.Name).Prepend(task.Name).Select(name => (name, task)))];
        var given = exported.Run(raw, [.. outputs.Select(output => output.Name)]).Value;
        var trained = Trained(plan, parameters.Span, table);

        var report = new ParityReport(0, plan.Tasks[0].Name, rows);
        foreach (var (name, task) in outputs)
        {
            var unit = task.Target switch { RegressionTarget regression => regression.Deviation, RatingTarget rating => rating.Deviation, _ => 1 };
            var (actual, expected) = (given[name].Values<float>(), trained[name].Values<float>());
            for (var i = 0; i < expected.Length; i++)
            {
                var difference = Math.Abs((double)actual[i] - expected[i]) / unit;
                if (!(difference <= report.MaximumDifference) && !double.IsNaN(report.MaximumDifference))
                    report = new ParityReport(difference, task.Name, rows);
            }
        }

        return report;
    }

    private static IReadOnlyDictionary<string, Tensor> Trained(TrainingPlan plan, ReadOnlySpan<float> parameters, Table table)
    {
        var inputs = plan.Features.PreprocessedInputs();
        var model = plan.BuildModel(inputs, training: false);
        var graph = ComputationGraph.Of([.. plan.Tasks.Zip(model.Outputs).SelectMany(pair => pair.First.Extras(pair.Second, inputs).Prepend((pair.First.Name, pair.First.Exported(pair.Second, inputs))))]);
        using var executable = Executable.Load(OnnxModel.Write(graph), "trained graph").Value;
        var matrix = FeatureMatrix.Compute(plan.Features, table);
        Dictionary<string, Tensor> values = [];
        if (plan.Features.FeatureCount > 0)
            values.Add(FeaturePlan.FeaturesInput, Tensor.Of(matrix.Features, table.RowCount, plan.Features.FeatureCount));
        if (plan.Features.IdCount > 0)
            values.Add(FeaturePlan.CategoriesInput, Tensor.Of(matrix.Categories, table.RowCount, plan.Features.IdCount));
        foreach (var slot in model.Layout.Slots)
            values.Add(slot.Name, Tensor.Of(parameters.Slice(slot.Offset, slot.Length).ToArray(), slot.Shape.AsSpan()));
        return executable.Run(values).Value;
    }

    private static Table RandomRows(FeaturePlan features, int rows, CounterRandom random) => new(
    [
        .. features.Columns.Select(Column (column) => column switch
        {
            NumericInput number => RandomNumbers(number, rows, random.Fork(column.Name)),
            CategoricalInput category => RandomTexts(category, rows, random.Fork(column.Name)),
            TokenizedColumn text => RandomSentences(text, rows, random.Fork(column.Name)),
            _ => throw new NotSupportedException($"There are no random rows for {column.GetType().Name}."),
        }),
    ]);

    private static NumericColumn RandomNumbers(NumericInput input, int rows, CounterRandom random)
    {
        var range = Math.Max(input.Maximum - input.Minimum, 1);
        var values = new float[rows];
        for (var row = 0; row < rows; row++)
        {
            values[row] = random.Double((ulong)row * 2) < MissingShare
                ? float.NaN
                : (float)Math.Clamp(input.Minimum + range * (random.Double((ulong)row * 2 + 1) * 2 - 0.5), float.MinValue, float.MaxValue);
        }

        return new NumericColumn(input.Name, values);
    }

    private static TextColumn RandomTexts(CategoricalInput input, int rows, CounterRandom random) => TextColumn.Of(
        input.Name,
        Enumerable.Range(0, rows).Select(row => random.Double((ulong)row * 2) switch
        {
            < MissingShare => null,
            < MissingShare + UnknownShare => $"unknown {row}",
            _ when input.Vocabulary.Count == 0 => null,
            _ => input.Vocabulary[random.Below(input.Vocabulary.Count, (ulong)row * 2 + 1)],
        }));

    /// <summary>Known and unknown tokens in any case, between one or two spaces; some texts are longer than what the model reads, some are missing.</summary>
    private static TextColumn RandomSentences(TokenizedColumn input, int rows, CounterRandom random) => TextColumn.Of(
        input.Name,
        Enumerable.Range(0, rows).Select(row =>
        {
            var draws = random.Fork((ulong)row);
            return draws.Double(0) < MissingShare
                ? null
                : string.Concat(Enumerable.Range(0, draws.Below(input.MaximumTokens * 5 / 4 + 1, 1)).Select(place => RandomWord(input, draws.Fork((ulong)place))));
        }));

    private static string RandomWord(TokenizedColumn input, CounterRandom random)
    {
        var word = input.Vocabulary.Count == 0 || random.Double(0) < UnknownShare ? $"unknown{random.Below(1000, 1)}é" : input.Vocabulary[random.Below(input.Vocabulary.Count, 2)];
        return (random.Double(3) < 0.5 ? word.ToUpperInvariant() : word) + (random.Double(4) < 0.8 ? " " : "  ");
    }
}
