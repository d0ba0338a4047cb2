using Mtl.Core;
using Mtl.Tracking.Models;
using Shouldly;
using Xunit;

namespace Mtl.Testing.Stores;

/// <summary>What every <c>IModelStore</c> must hold.</summary>
public abstract class ModelStoreConformance(StoreSource source) : StoreConformance(source)
{
    [Fact]
    public async Task Versions_count_from_1_for_each_name()
    {
        await AddRunsAsync("r", "s", "t");

        (await Stores.Models.AddAsync(Model("adult", "r") with { Version = 9 })).Version.ShouldBe(1);
        (await Stores.Models.AddAsync(Model("adult", "s"))).Version.ShouldBe(2);
        (await Stores.Models.AddAsync(Model("other", "t"))).Version.ShouldBe(1);

        (await Stores.Models.GetAsync("adult", 2)).Value.ShouldBe(Model("adult", "s") with { Version = 2 });
    }

    [Fact]
    public async Task A_run_registered_already_gives_back_its_version()
    {
        await AddRunsAsync("r");
        var first = await Stores.Models.AddAsync(Model("adult", "r"));

        (await Stores.Models.AddAsync(Model("adult", "r") with { Sha256 = "changed" })).ShouldBe(first);
        (await Stores.Models.ListAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_runs_export_is_found_among_what_else_was_registered_of_it()
    {
        await AddRunsAsync("r", "s", "t");
        var export = await Stores.Models.AddAsync(Model("adult", "r"));
        await Stores.Models.AddAsync(Model("adult", "s"));
        foreach (var run in (string[])["r", "t"])
            await Stores.ModelRegistry.AddVersionAsync(Model("adult", run) with { File = "", Source = $"runs:/{run}/model" });

        (await Stores.Models.ExportOfAsync("r")).ShouldBe(export);
        (await Stores.Models.ExportOfAsync("t")).ShouldBeNull("what a client registered of a run is not its export");
        (await Stores.Models.ExportOfAsync("nope")).ShouldBeNull();
    }

    [Fact]
    public async Task An_unknown_version_is_not_found() => (await Stores.Models.GetAsync("adult", 3)).Error
        .ShouldBe(Error.NotFound("The model 'adult' has no version 3.", "List the model's versions to see which exist."));

    [Fact]
    public async Task Versions_are_listed_by_name_the_newest_first()
    {
        await AddRunsAsync("r", "s", "t");
        await Stores.Models.AddAsync(Model("b", "r"));
        await Stores.Models.AddAsync(Model("a", "s"));
        await Stores.Models.AddAsync(Model("a", "t"));

        (await Stores.Models.ListAsync()).Select(model => (model.Name, model.Version)).ShouldBe([("a", 2), ("a", 1), ("b", 1)]);
        (await Stores.Models.ListAsync("b")).Select(model => model.RunId).ShouldBe(["r"]);
        (await Stores.Models.ListAsync("nope")).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_alias_points_at_one_version_moves_and_goes()
    {
        await AddRunsAsync("r", "s");
        await Stores.Models.AddAsync(Model("adult", "r"));
        await Stores.Models.AddAsync(Model("adult", "s"));

        (await Stores.Models.SetAliasAsync("adult", "production", 1)).Value.ShouldBeTrue();
        (await Stores.Models.SetAliasAsync("adult", "production", 2)).Value.ShouldBeTrue();
        (await Stores.Models.SetAliasAsync("adult", "old", 1)).Value.ShouldBeTrue();
        (await Stores.Models.AliasesAsync("adult")).ShouldBe(new Dictionary<string, int> { ["production"] = 2, ["old"] = 1 }, ignoreOrder: true);

        (await Stores.Models.SetAliasAsync("adult", "production", null)).Value.ShouldBeTrue();
        (await Stores.Models.SetAliasAsync("adult", "production", null)).Value.ShouldBeFalse();
        (await Stores.Models.AliasesAsync("adult")).ShouldBe(new Dictionary<string, int> { ["old"] = 1 });
    }

    [Fact]
    public async Task An_alias_of_an_unknown_version_is_not_found()
    {
        (await Stores.Models.SetAliasAsync("adult", "production", 1)).Error!.Message.ShouldBe("The model 'adult' has no version 1.");
        (await Stores.Models.AliasesAsync("adult")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Models_added_at_once_get_different_versions()
    {
        var runs = Enumerable.Range(1, 12).Select(i => $"r{i}").ToArray();
        await AddRunsAsync(runs);

        var added = await Task.WhenAll(runs.Select(run => Stores.Models.AddAsync(Model("adult", run))));

        added.Select(model => model.Version).Order().ShouldBe(Enumerable.Range(1, 12));
    }

    private static ModelVersion Model(string name, string runId) => new(name, 0, runId, "model.onnx", 3.5e-7, "ab12", Noon);
}
