using Mtl.Core;
using Mtl.Tracking.Datasets;
using Shouldly;
using Xunit;

namespace Mtl.Testing.Stores;

/// <summary>What every <c>IDatasetStore</c> must hold.</summary>
public abstract class DatasetStoreConformance(StoreSource source) : StoreConformance(source)
{
    [Fact]
    public async Task An_added_dataset_is_read_back_as_it_was()
    {
        await Stores.Datasets.AddAsync(NewDataset("d", 0));

        (await Stores.Datasets.GetAsync("d")).Value.ShouldBe(NewDataset("d", 0));
    }

    [Fact]
    public async Task The_list_begins_with_the_newest()
    {
        await Stores.Datasets.AddAsync(NewDataset("middle", 1));
        await Stores.Datasets.AddAsync(NewDataset("old", 0));
        await Stores.Datasets.AddAsync(NewDataset("new", 2));

        (await Stores.Datasets.ListAsync()).Select(dataset => dataset.Id).ShouldBe(["new", "middle", "old"]);
    }

    [Fact]
    public async Task A_removed_dataset_is_gone()
    {
        await Stores.Datasets.AddAsync(NewDataset("d", 0));

        (await Stores.Datasets.RemoveAsync("d")).Value.ShouldBeTrue();

        (await Stores.Datasets.ListAsync()).ShouldBeEmpty();
        (await Stores.Datasets.RemoveAsync("d")).Error.ShouldBe(Error.NotFound("There is no dataset 'd'.", "List the datasets to see which exist."));
    }

    [Fact]
    public async Task An_unknown_id_is_not_found() =>
        (await Stores.Datasets.GetAsync("nope")).Error.ShouldBe(Error.NotFound("There is no dataset 'nope'.", "List the datasets to see which exist."));

    private static Dataset NewDataset(string id, int minutes) => new(id, "Adult", "/data/adult.csv", true, 5_000_000_000, "ab12", 3_000_000_000, 15, Noon.AddMinutes(minutes));
}
