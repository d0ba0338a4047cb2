using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Data.Reading;
using Mtl.Data.Stacking;
using Mtl.Data.Tables;
using Mtl.Tracking.Datasets;

namespace Mtl.Grains.Training;

/// <summary>Finds and reads the table that a definition speaks of.</summary>
public sealed class TableSource(IDatasetStore datasets)
{
    public async Task<Result<Table>> ReadAsync(DataDefinition data, CancellationToken cancellation)
    {
        if (data.Tables is not { } tables)
            return await ReadAsync(data.Path, data.Dataset, cancellation);

        var read = new List<(string Name, Table Table)>();
        foreach (var (name, definition) in tables)
        {
            var table = await ReadAsync(definition.Path, definition.Dataset, cancellation);
            if (!table.IsSuccess)
                return table.Error with { Field = $"data.tables.{name}" };
            read.Add((name, table.Value));
        }

        return StackedTables.Of(read, data.Origin);
    }

    private async Task<Result<Table>> ReadAsync(string path, string datasetId, CancellationToken cancellation)
    {
        if (path.Length > 0)
            return TableReader.Read(path, cancellation: cancellation);

        var dataset = await datasets.GetAsync(datasetId, cancellation);
        return dataset.IsSuccess ? TableReader.Read(dataset.Value.Path, new TableReadOptions { DisplayName = dataset.Value.Name }, cancellation) : dataset.Error;
    }
}
