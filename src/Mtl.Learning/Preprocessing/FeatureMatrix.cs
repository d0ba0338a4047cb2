using Mtl.Core;
using Mtl.Data.Tables;
using Mtl.Graph;
using Mtl.Graph.Onnx;
using Mtl.Runtime;
using Tensor = Mtl.Runtime.Tensor;

namespace Mtl.Learning.Preprocessing;

/// <summary>A table's rows after preprocessing: [rows, F] numbers and [rows, C] ids, row-major, as <see cref="FeaturePlan"/> lays them out.</summary>
/// <param name="Features">Dense features, pixels, values of series.</param>
/// <param name="Categories">Ids of embedded categories and tokens.</param>
internal sealed record FeatureMatrix(float[] Features, long[] Categories)
{
    private const int ChunkRows = 8192;
    private const string FeaturesOutput = "mtl/features";
    private const string CategoriesOutput = "mtl/categories";

    /// <summary>Why so many rows and features can't be held in memory; null when they can.</summary>
    public static Error? TooLarge(long rows, FeaturePlan plan) => rows * Math.Max(plan.FeatureCount, plan.IdCount) <= Array.MaxLength
        ? null
        : Error.TooLarge(
            $"{rows} rows of {Math.Max(plan.FeatureCount, plan.IdCount)} features are more than the {Array.MaxLength} numbers that training holds in memory.",
            "Exclude columns, lower preprocessing.oneHotLimit or preprocessing.bins, or train on fewer rows.") with { Field = "preprocessing" };

    /// <summary>Runs the preprocessing graph over the table, a chunk of rows at a time.</summary>
    public static FeatureMatrix Compute(FeaturePlan plan, Table table)
    {
        var (features, ids) = plan.Preprocess();
        List<(string Name, Node Node)> outputs = [];
        if (features is not null)
            outputs.Add((FeaturesOutput, features));
        if (ids is not null)
            outputs.Add((CategoriesOutput, ids));
        var columns = plan.Columns.ToDictionary(column => column.Name);
        using var executable = Executable.Load(OnnxModel.Write(ComputationGraph.Of(outputs)), "preprocessing").Value;
        var matrix = new FeatureMatrix(new float[(long)table.RowCount * plan.FeatureCount], new long[(long)table.RowCount * plan.IdCount]);
        for (var from = 0; from < table.RowCount; from += ChunkRows)
        {
            var count = Math.Min(ChunkRows, table.RowCount - from);
            var chunk = executable.Run(executable.Inputs.ToDictionary(input => input.Name, input => columns[input.Name].Raw(table[input.Name], from, count))).Value;
            if (features is not null)
                chunk[FeaturesOutput].Values<float>().CopyTo(matrix.Features, (long)from * plan.FeatureCount);
            if (ids is not null)
                chunk[CategoriesOutput].Values<long>().CopyTo(matrix.Categories, (long)from * plan.IdCount);
        }

        return matrix;
    }

    /// <summary>Some rows of a column as a model takes them: [count, 1] floats with NaN for missing, or texts with "" for missing.</summary>
    public static Tensor RawRows(Column column, int from, int count)
    {
        if (column is NumericColumn numeric)
            return Tensor.Column(numeric.Values.AsSpan(from, count).ToArray());
        var texts = new string[count];
        for (var i = 0; i < count; i++)
            texts[i] = column.TextAt(from + i);
        return Tensor.Column(texts);
    }
}
