using System.Globalization;
using System.Text;
using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Core.Signatures;
using Mtl.Data.Tables;
using Mtl.Grains.Contracts;

namespace Mtl.Application.Models;

/// <summary>Raw rows as a model's input columns, and its outputs as predictions with label names.</summary>
internal static class RawRows
{
    /// <summary>What a table of rows must hold.</summary>
    public static IReadOnlyDictionary<string, ColumnType> Schema(ModelSignature signature) =>
        signature.Inputs.ToDictionary(input => input.Name, TypeOf);

    public static NamedColumn[] ToColumns(ModelSignature signature, Table table) => [.. signature.Inputs.Select(input => table[input.Name] switch
    {
        NumericColumn numbers when input.Kind == InputKind.Numeric => new NamedColumn(input.Name, 1, numbers.Values, null),
        var column => new NamedColumn(input.Name, 1, null, [.. Enumerable.Range(0, table.RowCount).Select(column.TextAt)]),
    })];

    public static Result<NamedColumn[]> ToColumns(ModelSignature signature, IReadOnlyList<IReadOnlyDictionary<string, string?>> rows)
    {
        var names = signature.Inputs.Select(input => input.Name).ToHashSet();
        for (var row = 0; row < rows.Count; row++)
        {
            if (rows[row].Keys.FirstOrDefault(name => !names.Contains(name)) is { } unknown)
                return Error.Invalid($"Row {row + 1}: the model has no input '{unknown}'; its inputs are {string.Join(", ", names)}.", field: unknown);
            if (names.FirstOrDefault(name => !rows[row].ContainsKey(name)) is { } missing)
                return Error.Invalid($"Row {row + 1}: the input '{missing}' is not given.", "Give every input; null stands for a missing value.", missing);
        }

        var columns = new List<NamedColumn>();
        foreach (var input in signature.Inputs)
        {
            if (input.Kind != InputKind.Numeric)
            {
                columns.Add(new NamedColumn(input.Name, 1, null, [.. rows.Select(row => row[input.Name] ?? "")]));
                continue;
            }

            var numbers = new float[rows.Count];
            for (var row = 0; row < rows.Count; row++)
                if (Number(rows[row][input.Name], input.IsDate) is { } number)
                    numbers[row] = number;
                else
                    return Error.Invalid($"Row {row + 1}: '{rows[row][input.Name]}' is no finite number, which the input '{input.Name}' takes.", "Null stands for a missing value.", input.Name);
            columns.Add(new NamedColumn(input.Name, 1, numbers, null));
        }

        return columns.ToArray();
    }

    /// <param name="signature">The model's.</param>
    /// <param name="inputs">The rows that were given; a tagging's text tells how many tags it has.</param>
    /// <param name="reply">The model's outputs.</param>
    /// <param name="rows">Number of rows.</param>
    public static IReadOnlyList<RowPrediction> ToPredictions(ModelSignature signature, NamedColumn[] inputs, InferReply reply, int rows)
    {
        var text = inputs.FirstOrDefault(input => signature.Inputs.Any(own => own.Name == input.Name && own.Kind == InputKind.Text))?.Texts;
        var outputs = reply.Outputs.ToDictionary(output => output.Name);
        return [.. Enumerable.Range(0, rows).Select(row => new RowPrediction([.. signature.Outputs.Select(output => output.Kind == TaskKind.Tagging
            ? Tagging(output, outputs[output.Task], row, text![row])
            : Prediction(output, outputs, row))]))];
    }

    /// <summary>What a model is asked for, so that predictions can be made of it.</summary>
    public static string[] Wanted(ModelSignature signature) => [.. signature.Outputs.SelectMany(output => output.Extras.Select(extra => extra.Name).Prepend(output.Task))];

    private static TaskPrediction Prediction(ModelOutput output, Dictionary<string, NamedColumn> outputs, int row)
    {
        var extras = output.Extras.ToDictionary(extra => extra.Name, IReadOnlyList<double> (extra) => [.. outputs[extra.Name].Numbers.AsSpan(row * extra.Width, extra.Width)]);
        var prediction = Prediction(output, outputs[output.Task], row) with { Extras = extras };
        return output.Kind == TaskKind.Reconstruction ? prediction with { Value = extras.Values.Single()[0] } : prediction;
    }

    private static TaskPrediction Prediction(ModelOutput output, NamedColumn values, int row)
    {
        var numbers = values.Numbers.AsSpan(row * values.Width, values.Width);
        if (output.Kind == TaskKind.Multilabel)
        {
            var each = output.Labels.Zip(numbers.ToArray(), (label, number) => (label, Probability: (double)number)).ToDictionary(pair => pair.label, pair => pair.Probability);
            var predicted = output.Labels.Where(label => each[label] > 0.5).ToArray();
            return new TaskPrediction(output.Task, predicted.Length == 0 ? 0 : predicted.Min(label => each[label]), string.Join("; ", predicted), each);
        }

        if (output.Kind is not (TaskKind.Binary or TaskKind.Multiclass))
            return new TaskPrediction(output.Task, numbers[0], "", new Dictionary<string, double>());

        double[] probabilities = output.Kind == TaskKind.Binary ? [1 - (double)numbers[0], numbers[0]] : [.. numbers.ToArray().Select(number => (double)number)];
        var best = Array.IndexOf(probabilities, probabilities.Max());
        return new TaskPrediction(
            output.Task, probabilities[best], output.Labels[best], output.Labels.Zip(probabilities).ToDictionary(pair => pair.First, pair => pair.Second));
    }

    /// <summary>The tags of a text's words with spaces between, and the mean probability of each tag over them; words that the model passes over have none.</summary>
    private static TaskPrediction Tagging(ModelOutput output, NamedColumn values, int row, string text)
    {
        var count = output.Labels.Count;
        var words = Math.Min(text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length, values.Width / count);
        var tokens = values.Numbers.AsSpan(row * values.Width, words * count).ToArray().Chunk(count).ToArray();
        return new TaskPrediction(
            output.Task,
            tokens.Length == 0 ? 0 : tokens.Average(token => (double)token.Max()),
            string.Join(' ', tokens.Select(token => output.Labels[Array.IndexOf(token, token.Max())])),
            output.Labels.Index().ToDictionary(tag => tag.Item, tag => tokens.Length == 0 ? 0 : tokens.Average(token => (double)token[tag.Index])));
    }

    private static ColumnType TypeOf(ModelInput input) => input switch
    {
        { Kind: not InputKind.Numeric } => ColumnType.Text,
        { IsDate: true } => ColumnType.Date,
        _ => ColumnType.Number,
    };

    /// <summary>NaN for a missing value; null for what is no finite number. A date may be given as such, or as its days since 1970.</summary>
    private static float? Number(string? text, bool isDate) => string.IsNullOrWhiteSpace(text)
        ? float.NaN
        : isDate && DateText.TryParse(Encoding.UTF8.GetBytes(text), out var days) ? (float)days
        : float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && float.IsFinite(number) ? number : null;
}
