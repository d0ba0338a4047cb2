using System.Globalization;
using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Core.Signatures;
using Mtl.Data.Reading;
using Mtl.Data.Tables;
using Mtl.Data.Writing;
using Mtl.Grains.Contracts;
using Orleans;

namespace Mtl.Application.Models;

/// <inheritdoc cref="IPredictions"/>
internal sealed class PredictionService(IModels models, IGrainFactory grains, ApplicationOptions options) : IPredictions
{
    public async Task<Result<IReadOnlyList<RowPrediction>>> PredictAsync(
        string name, string version, IReadOnlyList<IReadOnlyDictionary<string, string?>> rows, CancellationToken cancellation = default)
    {
        var served = await FindAsync(name, version, cancellation);
        if (!served.IsSuccess)
            return served.Error;
        if (rows.Count == 0)
            return Array.Empty<RowPrediction>();

        var columns = RawRows.ToColumns(served.Value.Signature, rows);
        return columns.IsSuccess ? await InferAsync(served.Value, columns.Value, rows.Count, cancellation) : columns.Error;
    }

    public async Task<Result<Stream>> PredictCsvAsync(string name, string version, Stream csv, CancellationToken cancellation = default)
    {
        var served = await FindAsync(name, version, cancellation);
        if (!served.IsSuccess)
            return served.Error;

        var input = Path.Combine(options.IncomingFolder, $"predict-{Guid.NewGuid():N}.csv");
        try
        {
            var written = await Datasets.UploadedTable.WriteAsync(csv, input, options.MaximumUploadBytes, cancellation);
            if (!written.IsSuccess)
                return written.Error;

            var read = new TableReadOptions { DisplayName = "the rows to predict", Schema = RawRows.Schema(served.Value.Signature) };
            var table = await Task.Run(() => TableReader.Read(input, read, cancellation), cancellation);
            if (!table.IsSuccess)
                return table.Error;

            // Read once more as texts, so that the sender's own columns come back letter for letter.
            var asTexts = read with { Schema = table.Value.Columns.ToDictionary(column => column.Name, _ => ColumnType.Text) };
            var texts = await Task.Run(() => TableReader.Read(input, asTexts, cancellation), cancellation);
            return texts.IsSuccess ? await PredictTableAsync(served.Value, table.Value, texts.Value, cancellation) : texts.Error;
        }
        finally
        {
            File.Delete(input);
        }
    }

    private async Task<Result<Stream>> PredictTableAsync(ServedModel served, Table table, Table texts, CancellationToken cancellation)
    {
        var path = Path.Combine(options.IncomingFolder, $"predictions-{Guid.NewGuid():N}.csv");
        var output = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        var isComplete = false;
        try
        {
            await using (var text = new StreamWriter(output, leaveOpen: true))
            {
                var writer = new CsvWriter(text);
                writer.Write([.. table.Columns.Select(column => column.Name), .. served.Signature.Outputs.SelectMany(PredictionColumns)]);
                for (var start = 0; start < table.RowCount; start += options.PredictionChunkRows)
                {
                    var rows = Enumerable.Range(start, Math.Min(options.PredictionChunkRows, table.RowCount - start)).ToArray();
                    var predicted = await InferAsync(served, RawRows.ToColumns(served.Signature, table.Take(rows)), rows.Length, cancellation);
                    if (!predicted.IsSuccess)
                        return predicted.Error;
                    for (var index = 0; index < rows.Length; index++)
                        writer.Write([.. texts.Columns.Select(column => column.TextAt(rows[index])), .. served.Signature.Outputs.Zip(predicted.Value[index].Tasks, Cells).SelectMany(cells => cells)]);
                }
            }

            output.Position = 0;
            isComplete = true;
            return output;
        }
        finally
        {
            if (!isComplete)
                await output.DisposeAsync();
        }
    }

    /// <summary>A reconstruction's error is its value and needs no second column.</summary>
    private static string[] PredictionColumns(ModelOutput output) =>
    [
        .. output.Kind == TaskKind.Reconstruction ? [] : output.Labels.Count == 0 ? [$"{output.Task}_predicted"] : new[] { $"{output.Task}_predicted", $"{output.Task}_probability" },
        .. output.Extras.SelectMany(extra => extra.Levels.Count == 0
            ? Enumerable.Range(1, extra.Width).Select(place => extra.Width == 1 ? extra.Name : $"{extra.Name}_{place}")
            : extra.Levels.Select(level => string.Create(CultureInfo.InvariantCulture, $"{extra.Name}_{level}"))),
    ];

    private static string[] Cells(ModelOutput output, TaskPrediction prediction) =>
    [
        .. output.Kind == TaskKind.Reconstruction ? [] : output.Labels.Count == 0 ? [Cell(prediction.Value)] : new[] { prediction.Label, Cell(prediction.Value) },
        .. output.Extras.SelectMany(extra => prediction.Extras[extra.Name].Select(Cell)),
    ];

    private static string Cell(double value) => ((float)value).ToString(CultureInfo.InvariantCulture);

    private async Task<Result<ServedModel>> FindAsync(string name, string version, CancellationToken cancellation)
    {
        var found = await models.GetAsync(name, version, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        var signature = await models.SignatureAsync(name, version, cancellation);
        return signature.Map(signature => new ServedModel($"{found.Value.Name}/{found.Value.Version}", signature));
    }

    private async Task<Result<IReadOnlyList<RowPrediction>>> InferAsync(ServedModel served, NamedColumn[] columns, int rows, CancellationToken cancellation)
    {
        var reply = await grains.GetGrain<IPredictorGrain>(served.Key).Infer(new InferRequest(columns, RawRows.Wanted(served.Signature)), cancellation);
        return reply.ToResult().Map(inferred => RawRows.ToPredictions(served.Signature, columns, inferred, rows));
    }

    private sealed record ServedModel(string Key, ModelSignature Signature);
}
