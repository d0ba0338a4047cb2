using Mtl.Core;
using Mtl.Tracking.Models;
using Mtl.Tracking.Tags;
using Shouldly;
using Xunit;

namespace Mtl.Testing.Stores;

/// <summary>What every <c>IModelRegistry</c> must hold.</summary>
public abstract class ModelRegistryConformance(StoreSource source) : StoreConformance(source)
{
    [Fact]
    public async Task A_model_is_added_described_and_read_back()
    {
        var model = new RegisteredModel("adult", "", Noon, Noon);
        (await Stores.ModelRegistry.AddModelAsync(model)).Value.ShouldBe(model);

        var described = (await Stores.ModelRegistry.DescribeModelAsync("adult", "Größe", Noon.AddHours(1))).Value;

        described.ShouldBe(model with { Description = "Größe", UpdatedAt = Noon.AddHours(1) });
        (await Stores.ModelRegistry.GetModelAsync("adult")).Value.ShouldBe(described);
        (await Stores.ModelRegistry.AddModelAsync(model)).Error
            .ShouldBe(Error.Conflict("A registered model named 'adult' exists already.", "Choose another name, or add a version to that model."));
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        var missing = Error.NotFound("There is no registered model 'nope'.", "List the registered models to see which exist.");
        (await Stores.ModelRegistry.GetModelAsync("nope")).Error.ShouldBe(missing);
        (await Stores.ModelRegistry.DescribeModelAsync("nope", "", Noon)).Error.ShouldBe(missing);
        (await Stores.ModelRegistry.RenameModelAsync("nope", "other", Noon)).Error.ShouldBe(missing);
        (await Stores.ModelRegistry.RemoveModelAsync("nope")).Error.ShouldBe(missing);
        (await Stores.ModelRegistry.AddVersionAsync(Version("nope"))).Error.ShouldBe(missing);
        (await Stores.ModelRegistry.UpdateVersionAsync(Version("nope") with { Version = 2 })).Error!.Message.ShouldBe("The model 'nope' has no version 2.");
        (await Stores.ModelRegistry.RemoveVersionAsync("nope", 2)).Error!.Message.ShouldBe("The model 'nope' has no version 2.");
    }

    [Fact]
    public async Task A_version_is_read_back_with_everything_and_its_number_is_never_given_again()
    {
        await Stores.ModelRegistry.AddModelAsync(new RegisteredModel("adult", "", Noon, Noon));
        var first = (await Stores.ModelRegistry.AddVersionAsync(Version("adult"))).Value;
        var second = (await Stores.ModelRegistry.AddVersionAsync(Version("adult"))).Value;

        (first.Version, second.Version).ShouldBe((1, 2));
        (await Stores.Models.GetAsync("adult", 2)).Value.ShouldBe(second);
        var updated = (await Stores.ModelRegistry.UpdateVersionAsync(second with { Description = "new", Stage = "Production", Source = "elsewhere", UpdatedAt = Noon.AddDays(1) })).Value;
        updated.ShouldBe(second with { Description = "new", Stage = "Production", Source = "elsewhere", UpdatedAt = Noon.AddDays(1) });
        (await Stores.ModelRegistry.RemoveVersionAsync("adult", 2)).Value.ShouldBeTrue();
        (await Stores.ModelRegistry.AddVersionAsync(Version("adult"))).Value.Version.ShouldBe(3);
    }

    [Fact]
    public async Task A_rename_takes_versions_aliases_and_tags_along()
    {
        await Stores.ModelRegistry.AddModelAsync(new RegisteredModel("adult", "", Noon, Noon));
        await Stores.ModelRegistry.AddModelAsync(new RegisteredModel("taken", "", Noon, Noon));
        await Stores.ModelRegistry.AddVersionAsync(Version("adult"));
        await Stores.Models.SetAliasAsync("adult", "champion", 1);
        await Stores.Tags.SetAsync(TagOwner.RegisteredModel("adult"), new Dictionary<string, string> { ["a"] = "1" });
        await Stores.Tags.SetAsync(TagOwner.ModelVersion("adult", 1), new Dictionary<string, string> { ["b"] = "2" });

        (await Stores.ModelRegistry.RenameModelAsync("adult", "taken", Noon)).Error!.Kind.ShouldBe(ErrorKind.Conflict);
        (await Stores.ModelRegistry.RenameModelAsync("adult", "census", Noon.AddHours(1))).Value.Name.ShouldBe("census");

        (await Stores.ModelRegistry.GetModelAsync("adult")).IsSuccess.ShouldBeFalse();
        (await Stores.Models.GetAsync("census", 1)).Value.Name.ShouldBe("census");
        (await Stores.Models.AliasesAsync("census")).ShouldBe(new Dictionary<string, int> { ["champion"] = 1 });
        (await Stores.Tags.OfAsync(TagOwnerKind.RegisteredModel, ["census"]))["census"].ShouldBe(new Dictionary<string, string> { ["a"] = "1" });
        (await Stores.Tags.OfAsync(TagOwnerKind.ModelVersion, ["census/1"]))["census/1"].ShouldBe(new Dictionary<string, string> { ["b"] = "2" });
    }

    [Fact]
    public async Task Removing_takes_versions_aliases_and_tags_along()
    {
        await Stores.ModelRegistry.AddModelAsync(new RegisteredModel("adult", "", Noon, Noon));
        await Stores.ModelRegistry.AddVersionAsync(Version("adult"));
        await Stores.Models.SetAliasAsync("adult", "champion", 1);
        await Stores.Tags.SetAsync(TagOwner.ModelVersion("adult", 1), new Dictionary<string, string> { ["b"] = "2" });

        (await Stores.ModelRegistry.RemoveModelAsync("adult")).Value.ShouldBeTrue();

        await Stores.ModelRegistry.AddModelAsync(new RegisteredModel("adult", "", Noon, Noon));
        (await Stores.Models.ListAsync("adult")).ShouldBeEmpty();
        (await Stores.Models.AliasesAsync("adult")).ShouldBeEmpty();
        (await Stores.Tags.OfAsync(TagOwnerKind.ModelVersion, ["adult/1"]))["adult/1"].ShouldBeEmpty();
    }

    [Fact]
    public async Task One_run_may_have_several_versions_that_clients_registered()
    {
        await AddRunsAsync("r");
        await Stores.ModelRegistry.AddModelAsync(new RegisteredModel("adult", "", Noon, Noon));

        var added = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Stores.ModelRegistry.AddVersionAsync(Version("adult") with { RunId = "r" })));

        added.Select(version => version.Value.Version).Order().ShouldBe(Enumerable.Range(1, 8));
        (await Stores.Models.AddAsync(new ModelVersion("adult", 0, "r", "model.onnx", 0, "ab", Noon))).Version.ShouldBe(9);
    }

    private static ModelVersion Version(string name) => new(name, 0, "", "", 0, "", Noon)
    {
        Description = "Größe",
        Stage = "Staging",
        Source = "mlflow-artifacts:/1/r/artifacts/model",
        RunLink = "http://elsewhere/run",
        ModelId = "m-1",
        Owner = "ada",
    };
}
