using Mtl.Application.Experiments;
using Mtl.Application.Tracking;
using Mtl.Core;
using Mtl.Core.Catalogue;
using Mtl.Grains.Tests.Hosting;
using Mtl.Tracking.Runs;

namespace Mtl.Application.Tests.Experiments;

/// <summary>Experiments as a person handles them.</summary>
public sealed class ExperimentServiceTests
{
    [Fact]
    public async Task An_experiment_is_found_by_id_and_by_name_and_listed_with_its_runs()
    {
        await using var application = await Application.StartAsync();
        var definition = SmallTable.Definition(application.Platform.Table, baselines: true);
        var id = (await application.Experiments.CreateAsync(definition)).Value;
        var runs = (await application.Experiments.StartAsync(id)).Value;
        foreach (var run in runs)
            await application.Platform.CompleteAsync(run);

        (await application.Experiments.GetByNameAsync("Small")).Value.Id.ShouldBe(id);
        var details = (await application.Experiments.GetAsync(id)).Value;
        details.Runs.Select(run => run.Id).ShouldBe([runs[1], runs[0]]);
        details.Runs[1].Method.ShouldBe("hps · uw · adam");
        details.Runs[1].Metrics.Keys.ShouldContain("answer/test_roc_auc");
        details.Definition!.Optimizer.Options.Keys.ShouldContain("learningRate");
        var summary = (await application.Experiments.ListAsync()).ShouldHaveSingleItem();
        (summary.Name, summary.Runs, summary.ActiveRuns).ShouldBe(("Small", 2, 0));
        summary.Tasks.ShouldBe(["amount", "answer", "kind"]);
    }

    [Fact]
    public async Task A_name_is_taken_once()
    {
        await using var application = await Application.StartAsync();
        var definition = SmallTable.Definition(application.Platform.Table);
        var id = (await application.Experiments.CreateAsync(definition)).Value;

        (await application.Experiments.CreateAsync(definition)).Error!.ToString()
            .ShouldBe($"An experiment named 'Small' exists already (id '{id}'). Choose another name, or open that experiment.");

        (await application.Experiments.DeleteAsync(id)).Value.ShouldBe(id);
        (await application.Experiments.ListAsync()).ShouldBeEmpty();
        (await application.Experiments.CreateAsync(definition)).IsSuccess.ShouldBeTrue();
    }

    [Fact]
    public async Task An_experiment_is_renamed_whoever_trains_its_runs()
    {
        await using var application = await Application.StartAsync();
        var headers = application.Get<IExperimentHeaders>();
        var trained = (await application.Experiments.CreateAsync(SmallTable.Definition(application.Platform.Table))).Value;
        var logged = (await application.Get<IExperimentTracking>().CreateAsync("Logged", "", new Dictionary<string, string>())).Value;

        (await headers.RenameAsync(trained, "Smaller")).Value.ShouldBe(trained);
        (await headers.RenameAsync(logged, "Logged elsewhere")).Value.ShouldBe(logged);
        (await headers.RenameAsync(logged, "Smaller")).Error!.Kind.ShouldBe(ErrorKind.Conflict);
        (await headers.RenameAsync(logged, " ")).Error!.Message.ShouldBe("Invalid experiment name: ' '");

        (await headers.GetAsync(trained)).Value.ShouldSatisfyAllConditions(header => header.Name.ShouldBe("Smaller"), header => header.Definition!.Name.ShouldBe("Smaller"));
        (await headers.GetAsync(logged)).Value.Name.ShouldBe("Logged elsewhere");
    }

    [Fact]
    public async Task A_definition_is_checked_and_filled_in_without_its_data()
    {
        await using var application = await Application.StartAsync();
        var definition = SmallTable.Definition("/nowhere.csv") with { Optimizer = new Choice("adam") };

        var id = (await application.Experiments.CreateAsync(definition)).Value;

        (await application.Experiments.GetAsync(id)).Value.Definition!.Optimizer.Options.Keys.ShouldContain("learningRate");
        (await application.Experiments.CreateAsync(definition with { Tasks = [] })).Error!.Field.ShouldBe("tasks");
    }

    [Fact]
    public async Task What_does_not_exist_is_not_found()
    {
        await using var application = await Application.StartAsync();

        (await application.Experiments.GetAsync("nobody")).Error!.Message.ShouldBe("There is no experiment 'nobody'.");
        (await application.Experiments.GetByNameAsync("Nobody")).Error!.Message.ShouldBe("There is no experiment named 'Nobody'.");
        (await application.Experiments.StartAsync("nobody")).Error!.Kind.ShouldBe(ErrorKind.NotFound);
        (await application.Experiments.DeleteAsync("nobody")).Error!.Kind.ShouldBe(ErrorKind.NotFound);
    }

    [Fact]
    public async Task A_variant_is_started_beside_the_stored_definition()
    {
        await using var application = await Application.StartAsync();
        var definition = SmallTable.Definition(application.Platform.Table);
        var id = (await application.Experiments.CreateAsync(definition)).Value;

        var run = (await application.Experiments.StartAsync(id, definition with { Name = "Another", Weighting = new Choice("ew") })).Value.ShouldHaveSingleItem();

        var stored = await application.Platform.EndOfAsync(run);
        (stored.Status, stored.Definition!.Name, stored.Definition.Weighting.Key).ShouldBe((RunStatus.Completed, "Small", "ew"));
        (await application.Experiments.GetAsync(id)).Value.Definition!.Weighting.Key.ShouldBe("uw");
    }
}
