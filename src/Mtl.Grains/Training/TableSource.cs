using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Data.Reading;
using Mtl.Data.Tables;
using Mtl.Tracking.Datasets;

namespace Mtl.Grains.Training;

/// <summary>Finds and reads the table that a definition speaks of.</summary>
public sealed class TableSource(IDatasetStore datasets)
{
    public async Task<Result<Table>> ReadAsync(DataDefinition data, CancellationToken cancellation)
    {
        if (data.Path.Length > 0)
            return TableReader.Read(data.Path, cancellation: cancellation);

        var dataset = await datasets.GetAsync(data.Dataset, cancellation);
        return dataset.IsSuccess ? TableReader.Read(dataset.Value.Path, new TableReadOptions { DisplayName = dataset.Value.Name }, cancellation) : dataset.Error;
    }
}
