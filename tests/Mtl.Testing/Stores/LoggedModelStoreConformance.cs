using Mtl.Core;
using Mtl.Tracking.Models;
using Mtl.Tracking.Tags;
using Shouldly;
using Xunit;

namespace Mtl.Testing.Stores;

/// <summary>What every <c>ILoggedModelStore</c> must hold.</summary>
public abstract class LoggedModelStoreConformance(StoreSource source) : StoreConformance(source)
{
    [Fact]
    public async Task A_model_is_read_back_with_its_parameters_and_changes_its_status()
    {
        await AddRunsAsync("r");
        var model = Model("m") with { Parameters = new Dictionary<string, string> { ["lr"] = "0.1" } };
        await Stores.LoggedModels.AddAsync(model);

        var ready = (await Stores.LoggedModels.SetStatusAsync("m", "LOGGED_MODEL_READY", Noon.AddHours(1))).Value;

        ready.Parameters.ShouldBe(model.Parameters);
        (ready with { Parameters = model.Parameters }).ShouldBe(model with { Status = "LOGGED_MODEL_READY", UpdatedAt = Noon.AddHours(1) });
        (await Stores.LoggedModels.GetAsync("m")).Value.Status.ShouldBe("LOGGED_MODEL_READY");
    }

    [Fact]
    public async Task Parameters_are_added_and_keep_their_values()
    {
        await AddRunsAsync("r");
        await Stores.LoggedModels.AddAsync(Model("m") with { Parameters = new Dictionary<string, string> { ["lr"] = "0.1" } });

        (await Stores.LoggedModels.AddParametersAsync("m", new Dictionary<string, string> { ["lr"] = "0.1", ["width"] = "64" }, Noon)).Value.Parameters.Count.ShouldBe(2);

        (await Stores.LoggedModels.AddParametersAsync("m", new Dictionary<string, string> { ["depth"] = "3", ["lr"] = "0.2" }, Noon)).Error.ShouldBe(Error.Invalid(
            "The parameter 'lr' of logged model 'm' has the value '0.1' already; it can't be changed to '0.2'.", "Log it under another key, or set a tag.", "params"));
        (await Stores.LoggedModels.GetAsync("m")).Value.Parameters.ShouldBe(new Dictionary<string, string> { ["lr"] = "0.1", ["width"] = "64" }, ignoreOrder: true);
    }

    [Fact]
    public async Task A_removed_model_is_gone_with_parameters_and_tags()
    {
        await AddRunsAsync("r");
        await Stores.LoggedModels.AddAsync(Model("m") with { Parameters = new Dictionary<string, string> { ["lr"] = "0.1" } });
        await Stores.Tags.SetAsync(TagOwner.LoggedModel("m"), new Dictionary<string, string> { ["a"] = "1" });

        (await Stores.LoggedModels.RemoveAsync("m")).Value.ShouldBeTrue();

        var missing = Error.NotFound("There is no logged model 'm'.", "List the logged models to see which exist.");
        (await Stores.LoggedModels.GetAsync("m")).Error.ShouldBe(missing);
        (await Stores.LoggedModels.RemoveAsync("m")).Error.ShouldBe(missing);
        (await Stores.LoggedModels.SetStatusAsync("m", "LOGGED_MODEL_READY", Noon)).Error.ShouldBe(missing);
        (await Stores.LoggedModels.AddParametersAsync("m", new Dictionary<string, string>(), Noon)).Error.ShouldBe(missing);
        (await Stores.Tags.OfAsync(TagOwnerKind.LoggedModel, ["m"]))["m"].ShouldBeEmpty();
    }

    private static LoggedModel Model(string id) => new(id, "e", "net", "sklearn", "r", "LOGGED_MODEL_PENDING", Noon, Noon);
}
