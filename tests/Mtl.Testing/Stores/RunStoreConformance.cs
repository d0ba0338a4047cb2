using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Runs;
using Shouldly;
using Xunit;

namespace Mtl.Testing.Stores;

/// <summary>What every <c>IRunStore</c> must hold.</summary>
public abstract class RunStoreConformance(StoreSource source) : StoreConformance(source)
{
    [Fact]
    public async Task A_new_run_is_read_back_as_it_was_with_version_1()
    {
        await AddRunsAsync();

        var added = (await Stores.Runs.AddAsync(NewRun("r") with { Version = 7 })).Value;

        added.Version.ShouldBe(1);
        await ShouldReadBack(added);
    }

    [Fact]
    public async Task A_run_with_everything_set_is_read_back_as_it_was()
    {
        await AddRunsAsync("r");
        var run = (await Stores.Runs.GetAsync("r")).Value with
        {
            Status = RunStatus.Running,
            StartedAt = Noon.AddSeconds(1),
            EndedAt = Noon.AddSeconds(2),
            Failure = "Loss is NaN.",
            Threads = 2,
            Progress = new RunProgress(3_000_000_000, 4_000_000_000, 5, 6, 7.125),
            Lease = new Lease("silo-1", Noon.AddSeconds(30)),
        };

        var updated = (await Stores.Runs.UpdateAsync(run)).Value;

        updated.ShouldBe(run with { Version = 2 });
        await ShouldReadBack(updated);
    }

    [Fact]
    public async Task A_run_comes_with_what_is_logged_to_it_at_once_or_not_at_all()
    {
        await AddRunsAsync();
        var logged = new RunBatch([new MetricPoint("loss", 1, 0.5, Noon)], new Dictionary<string, string> { ["lr"] = "0.1" }, new Dictionary<string, string> { ["team"] = "blue" });

        await ShouldReadBack((await Stores.Runs.AddAsync(NewRun("r"), logged)).Value);
        (await Stores.Runs.AddAsync(NewRun("r"), logged with { Tags = new Dictionary<string, string> { ["team"] = "red" } })).Error!.Kind.ShouldBe(ErrorKind.Conflict);
        (await Stores.Runs.AddAsync(NewRun("s", "nope"), logged)).Error!.Kind.ShouldBe(ErrorKind.NotFound);

        var data = await Stores.RunData.OfAsync(["r", "s"]);
        data["r"].Parameters.ShouldBe(logged.Parameters);
        data["r"].Tags.ShouldBe(logged.Tags);
        data["s"].Tags.ShouldBeEmpty();
        (await Stores.Metrics.LatestAsync(["r"]))["r"].ShouldBe(new Dictionary<string, double> { ["loss"] = 0.5 });
    }

    [Fact]
    public async Task A_run_is_changed_with_what_is_logged_to_it_or_neither_is()
    {
        await AddRunsAsync("r");
        var run = (await Stores.Runs.GetAsync("r")).Value;

        var renamed = (await Stores.Runs.UpdateAsync(
            run with { Name = "better" },
            new RunBatch([new MetricPoint("loss", 1, 0.5, Noon)], new Dictionary<string, string> { ["lr"] = "0.1" }, new Dictionary<string, string> { [RunTags.Name] = "better" }))).Value;
        (await Stores.Runs.UpdateAsync(run with { Name = "late" }, RunBatch.OfTag(RunTags.Name, "late"))).Error!.Kind.ShouldBe(ErrorKind.Conflict);
        (await Stores.Runs.UpdateAsync(
            renamed with { Name = "wrong" },
            RunBatch.OfTag(RunTags.Name, "wrong") with { Parameters = new Dictionary<string, string> { ["lr"] = "0.2" } })).Error!.Kind.ShouldBe(ErrorKind.Invalid);

        renamed.ShouldBe(run with { Name = "better", Version = 2 });
        await ShouldReadBack(renamed);
        var data = (await Stores.RunData.OfAsync(["r"]))["r"];
        (data.Tags[RunTags.Name], data.Parameters["lr"]).ShouldBe(("better", "0.1"));
        (await Stores.Metrics.LatestAsync(["r"]))["r"].ShouldBe(new Dictionary<string, double> { ["loss"] = 0.5 });
    }

    [Fact]
    public async Task A_lease_can_be_given_back()
    {
        await AddRunsAsync("r");
        var leased = (await Stores.Runs.UpdateAsync((await Stores.Runs.GetAsync("r")).Value with { Lease = new Lease("silo-1", Noon) })).Value;

        await ShouldReadBack((await Stores.Runs.UpdateAsync(leased with { Lease = null })).Value);
    }

    [Fact]
    public async Task An_unknown_id_is_not_found() =>
        (await Stores.Runs.GetAsync("nope")).Error.ShouldBe(Error.NotFound("There is no run 'nope'.", "List the runs to see which exist."));

    [Fact]
    public async Task A_run_of_an_unknown_experiment_is_refused() =>
        (await Stores.Runs.AddAsync(NewRun("r", "nope"))).Error.ShouldBe(Error.NotFound("There is no experiment 'nope'.", "List the experiments to see which exist."));

    [Fact]
    public async Task A_second_run_of_one_id_is_refused()
    {
        await AddRunsAsync("r");

        (await Stores.Runs.AddAsync(NewRun("r"))).Error.ShouldBe(Error.Conflict("The run 'r' exists already.", "Add it under a new id."));
    }

    [Fact]
    public async Task An_update_of_an_older_version_is_a_conflict_that_names_both()
    {
        await AddRunsAsync("r");
        var first = (await Stores.Runs.GetAsync("r")).Value;
        await Stores.Runs.UpdateAsync(first with { Status = RunStatus.Running });

        (await Stores.Runs.UpdateAsync(first with { Status = RunStatus.Cancelled })).Error.ShouldBe(Error.Conflict(
            "The run 'r' was changed by another write: version 1 was to be replaced, the store holds version 2.", "Read it again and repeat the change."));
        (await Stores.Runs.GetAsync("r")).Value.Status.ShouldBe(RunStatus.Running);
    }

    [Fact]
    public async Task An_update_of_an_unknown_run_is_not_found() => (await Stores.Runs.UpdateAsync(NewRun("nope"))).Error!.Message.ShouldBe("There is no run 'nope'.");

    [Fact]
    public async Task The_list_begins_with_the_newest_and_can_be_one_experiments()
    {
        await Stores.Experiments.AddAsync(NewExperiment("e"));
        await Stores.Experiments.AddAsync(NewExperiment("f"));
        await Stores.Runs.AddAsync(NewRun("e1", "e", Noon));
        await Stores.Runs.AddAsync(NewRun("f1", "f", Noon.AddSeconds(1)));
        await Stores.Runs.AddAsync(NewRun("e2", "e", Noon.AddSeconds(2)));
        await Stores.Runs.AddAsync(NewRun("e3", "e", Noon.AddSeconds(2)));

        (await Stores.Runs.ListAsync()).Select(run => run.Id).ShouldBe(["e3", "e2", "f1", "e1"]);
        (await Stores.Runs.ListAsync("e")).Select(run => run.Id).ShouldBe(["e3", "e2", "e1"]);
        (await Stores.Runs.ListAsync("nope")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Queued_runs_and_running_ones_without_a_holding_lease_are_unattended_the_oldest_first()
    {
        (string Id, RunStatus Status, Lease? Lease)[] runs =
        [
            ("held", RunStatus.Running, new Lease("silo", Noon.AddTicks(1))),
            ("expired", RunStatus.Running, new Lease("silo", Noon)),
            ("queued", RunStatus.Queued, null),
            ("unleased", RunStatus.Running, null),
            ("paused", RunStatus.Paused, null),
            ("completed", RunStatus.Completed, null),
            ("failed", RunStatus.Failed, null),
            ("cancelled", RunStatus.Cancelled, null),
        ];
        await Stores.Experiments.AddAsync(NewExperiment("e"));
        foreach (var (i, (id, status, lease)) in runs.Index())
            (await Stores.Runs.AddAsync(NewRun(id, at: Noon.AddSeconds(-i)) with { Status = status, Lease = lease })).IsSuccess.ShouldBeTrue();

        (await Stores.Runs.ListUnattendedAsync(Noon)).Select(run => run.Id).ShouldBe(["unleased", "queued", "expired"]);
    }

    [Fact]
    public async Task Runs_are_counted_by_status()
    {
        (await Stores.Runs.CountAsync()).Values.Sum().ShouldBe(0);
        await AddRunsAsync("a", "b", "c");
        (await Stores.Runs.UpdateAsync((await Stores.Runs.GetAsync("b")).Value with { Status = RunStatus.Failed })).IsSuccess.ShouldBeTrue();

        var counts = await Stores.Runs.CountAsync();

        (counts[RunStatus.Queued], counts[RunStatus.Failed], counts.Values.Sum()).ShouldBe((2, 1, 3));
    }

    [Fact]
    public async Task Live_runs_are_counted_by_experiment()
    {
        await AddRunsAsync("a", "b", "c", "d");
        (await Stores.Experiments.AddAsync(NewExperiment("empty"))).IsSuccess.ShouldBeTrue();
        await ChangeAsync("b", run => run with { Status = RunStatus.Running, StartedAt = Noon.AddMinutes(1) });
        await ChangeAsync("c", run => run with { Status = RunStatus.Completed, StartedAt = Noon, EndedAt = Noon.AddMinutes(2) });
        await ChangeAsync("d", run => run with { Status = RunStatus.Completed, EndedAt = Noon.AddMinutes(3), DeletedAt = Noon.AddMinutes(4) });

        var counts = (await Stores.Runs.CountByExperimentAsync()).ShouldHaveSingleItem();

        (counts.Key, counts.Value.Runs, counts.Value.Active, counts.Value.LastAt).ShouldBe(("e", 3, 2, Noon.AddMinutes(2)));
        counts.Value.Compared.ShouldBe(["c"]);
    }

    [Fact]
    public async Task Of_many_updates_of_one_version_at_once_exactly_one_wins()
    {
        await AddRunsAsync("r");
        var run = (await Stores.Runs.GetAsync("r")).Value;

        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Stores.Runs.UpdateAsync(run with { Threads = i })));

        var winner = results.Single(result => result.IsSuccess).Value;
        results.Where(result => !result.IsSuccess).ShouldAllBe(result => result.Error!.Kind == ErrorKind.Conflict);
        await ShouldReadBack(winner);
    }

    private async Task ChangeAsync(string id, Func<Run, Run> change) => (await Stores.Runs.UpdateAsync(change((await Stores.Runs.GetAsync(id)).Value))).IsSuccess.ShouldBeTrue();

    private async Task ShouldReadBack(Run run)
    {
        var read = (await Stores.Runs.GetAsync(run.Id)).Value;
        DefinitionJson.Write(read.Definition).ShouldBe(DefinitionJson.Write(run.Definition));
        (read with { Definition = run.Definition }).ShouldBe(run);
    }
}
