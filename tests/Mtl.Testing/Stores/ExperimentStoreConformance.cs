using Mtl.Core;
using Mtl.Core.Definitions;
using Shouldly;
using Xunit;

namespace Mtl.Testing.Stores;

/// <summary>What every <c>IExperimentStore</c> must hold.</summary>
public abstract class ExperimentStoreConformance(StoreSource source) : StoreConformance(source)
{
    [Fact]
    public async Task An_added_experiment_is_read_back_as_it_was_with_version_1()
    {
        var added = (await Stores.Experiments.AddAsync(NewExperiment("a", "Adult"))).Value;

        added.Version.ShouldBe(1);
        var read = (await Stores.Experiments.GetAsync("a")).Value;
        DefinitionJson.Write(read.Definition).ShouldBe(DefinitionJson.Write(added.Definition));
        (read with { Definition = added.Definition }).ShouldBe(added);
        (await Stores.Experiments.GetByNameAsync("Adult")).Value.Id.ShouldBe("a");
    }

    [Fact]
    public async Task An_unknown_id_is_not_found() => (await Stores.Experiments.GetAsync("nope")).Error
        .ShouldBe(Error.NotFound("There is no experiment 'nope'.", "List the experiments to see which exist."));

    [Fact]
    public async Task An_unknown_name_is_not_found() => (await Stores.Experiments.GetByNameAsync("nope")).Error
        .ShouldBe(Error.NotFound("There is no experiment named 'nope'.", "List the experiments to see which exist."));

    [Fact]
    public async Task A_second_live_experiment_of_one_name_is_refused()
    {
        await Stores.Experiments.AddAsync(NewExperiment("a", "Adult"));

        (await Stores.Experiments.AddAsync(NewExperiment("b", "Adult"))).Error
            .ShouldBe(Error.Conflict("An experiment named 'Adult' exists already (id 'a').", "Choose another name, or open that experiment."));
        (await Stores.Experiments.GetAsync("b")).IsSuccess.ShouldBeFalse();
    }

    [Fact]
    public async Task A_second_experiment_of_one_id_is_refused()
    {
        await Stores.Experiments.AddAsync(NewExperiment("a", "Adult"));

        (await Stores.Experiments.AddAsync(NewExperiment("a", "Other"))).Error
            .ShouldBe(Error.Conflict("The experiment 'a' exists already.", "Add it under a new id."));
    }

    [Fact]
    public async Task A_deleted_experiment_frees_its_name_and_stays_readable_by_id()
    {
        var added = (await Stores.Experiments.AddAsync(NewExperiment("a", "Adult"))).Value;
        var deleted = (await Stores.Experiments.UpdateAsync(added with { IsDeleted = true })).Value;

        (await Stores.Experiments.GetByNameAsync("Adult")).IsSuccess.ShouldBeFalse();
        (await Stores.Experiments.ListAsync()).ShouldBeEmpty();
        (await Stores.Experiments.GetAsync("a")).Value.IsDeleted.ShouldBeTrue();
        (await Stores.Experiments.AddAsync(NewExperiment("b", "Adult"))).IsSuccess.ShouldBeTrue();
        (await Stores.Experiments.UpdateAsync(deleted with { IsDeleted = false })).Error!.Message.ShouldBe("An experiment named 'Adult' exists already (id 'b').");
    }

    [Fact]
    public async Task An_update_replaces_the_version_it_names_and_counts_on()
    {
        var added = (await Stores.Experiments.AddAsync(NewExperiment("a", "Adult"))).Value;

        var renamed = (await Stores.Experiments.UpdateAsync(added with { Name = "Census", Definition = Definition("Census"), UpdatedAt = Noon.AddHours(1) })).Value;

        renamed.Version.ShouldBe(2);
        var read = (await Stores.Experiments.GetByNameAsync("Census")).Value;
        (read.Version, read.UpdatedAt, read.CreatedAt).ShouldBe((2, Noon.AddHours(1), Noon));
    }

    [Fact]
    public async Task An_update_of_an_older_version_is_a_conflict_that_names_both()
    {
        var added = (await Stores.Experiments.AddAsync(NewExperiment("a", "Adult"))).Value;
        await Stores.Experiments.UpdateAsync(added with { UpdatedAt = Noon.AddHours(1) });

        (await Stores.Experiments.UpdateAsync(added with { Name = "Lost", Definition = Definition("Lost") })).Error.ShouldBe(Error.Conflict(
            "The experiment 'a' was changed by another write: version 1 was to be replaced, the store holds version 2.", "Read it again and repeat the change."));
        (await Stores.Experiments.GetAsync("a")).Value.Name.ShouldBe("Adult");
    }

    [Fact]
    public async Task An_update_to_a_taken_name_is_refused()
    {
        await Stores.Experiments.AddAsync(NewExperiment("a", "Adult"));
        var other = (await Stores.Experiments.AddAsync(NewExperiment("b", "Census"))).Value;

        (await Stores.Experiments.UpdateAsync(other with { Name = "Adult", Definition = Definition("Adult") })).Error!.Message.ShouldBe("An experiment named 'Adult' exists already (id 'a').");
    }

    [Fact]
    public async Task An_update_of_an_unknown_experiment_is_not_found() =>
        (await Stores.Experiments.UpdateAsync(NewExperiment("nope") with { Version = 1 })).Error!.Message.ShouldBe("There is no experiment 'nope'.");

    [Fact]
    public async Task The_list_begins_with_the_last_updated()
    {
        await Stores.Experiments.AddAsync(NewExperiment("old", at: Noon));
        var middle = (await Stores.Experiments.AddAsync(NewExperiment("middle", at: Noon.AddMinutes(1)))).Value;
        await Stores.Experiments.AddAsync(NewExperiment("new", at: Noon.AddMinutes(2)));
        await Stores.Experiments.UpdateAsync(middle with { UpdatedAt = Noon.AddMinutes(3) });

        (await Stores.Experiments.ListAsync()).Select(experiment => experiment.Id).ShouldBe(["middle", "new", "old"]);
    }

    [Fact]
    public async Task Of_many_updates_of_one_version_at_once_exactly_one_wins()
    {
        var added = (await Stores.Experiments.AddAsync(NewExperiment("a"))).Value;

        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Stores.Experiments.UpdateAsync(added with { UpdatedAt = Noon.AddMinutes(i) })));

        results.Count(result => result.IsSuccess).ShouldBe(1);
        (await Stores.Experiments.GetAsync("a")).Value.UpdatedAt.ShouldBe(results.Single(result => result.IsSuccess).Value.UpdatedAt);
    }

    [Fact]
    public async Task Of_many_experiments_of_one_name_added_at_once_exactly_one_is_there()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Stores.Experiments.AddAsync(NewExperiment($"e{i}", "Adult"))));

        results.Count(result => result.IsSuccess).ShouldBe(1);
        (await Stores.Experiments.ListAsync()).Count.ShouldBe(1);
    }
}
