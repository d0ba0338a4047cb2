using Mtl.Application.Models;

namespace Mtl.Application.Tests.Models;

/// <summary>Models by name, version and alias.</summary>
public sealed class ModelServiceTests(TrainedApplication trained) : IClassFixture<TrainedApplication>
{
    private IModels Models => trained.Application.Models;

    [Fact]
    public async Task A_version_is_found_by_number_alias_and_as_the_latest()
    {
        (await Models.SetAliasAsync("small", "production", 1)).Value.ShouldBe("production");

        foreach (var version in new[] { "1", "latest", "production" })
            (await Models.GetAsync("small", version)).Value.RunId.ShouldBe(trained.RunId, version);
        (await Models.AliasesAsync("small")).ShouldBe(new Dictionary<string, int> { ["production"] = 1 });
        (await Models.ListAsync()).ShouldHaveSingleItem().Version.ShouldBe(1);
    }

    [Theory]
    [InlineData("small", "7", "The model 'small' has no version 7. List the model's versions to see which exist.")]
    [InlineData("nobody", "latest", "There is no model 'nobody'. Completed runs register theirs; see the list of models.")]
    [InlineData("nobody", "1", "The model 'nobody' has no version 1. List the model's versions to see which exist.")]
    public async Task What_does_not_exist_is_said_to_be_so(string name, string version, string text)
    {
        (await Models.GetAsync(name, version)).Error!.ToString().ShouldBe(text);
        (await Models.SignatureAsync(name, version)).Error!.ToString().ShouldBe(text);
        (await Models.OpenAsync(name, version)).Error!.ToString().ShouldBe(text);
    }

    [Fact]
    public async Task An_unknown_alias_is_told_what_there_is()
    {
        await Models.SetAliasAsync("small", "production", 1);

        (await Models.GetAsync("small", "staging")).Error!.Message
            .ShouldBe("Model 'small' has no version or alias 'staging'; it has versions 1 to 1 and the aliases production.");
    }

    [Fact]
    public async Task The_file_is_the_runs_own()
    {
        await using var stream = (await Models.OpenAsync("small")).Value;
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);

        copy.ToArray().ShouldBe(await trained.Application.Platform.ModelAsync(trained.RunId));
        (await Models.OfRunAsync(trained.RunId)).Value.Version.ShouldBe(1);
    }

    [Fact]
    public async Task A_run_without_a_model_says_why()
    {
        (await Models.OfRunAsync(trained.BaselineId)).Error!.ToString()
            .ShouldBe($"Run '{trained.BaselineId}' has no exported model: it is completed. Only completed multi-task runs have one.");
        (await Models.OfRunAsync("nobody")).Error!.Message.ShouldBe("There is no run 'nobody'.");
    }
}
