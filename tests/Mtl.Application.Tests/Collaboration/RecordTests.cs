using Mtl.Application.Collaboration.Comments;
using Mtl.Application.Collaboration.Favourites;
using Mtl.Application.Collaboration.Filing;
using Mtl.Application.Collaboration.Notes;
using Mtl.Application.Collaboration.Tags;
using Mtl.Application.Collaboration.Views;
using Mtl.Core;
using Mtl.Tracking.Experiments;
using Mtl.Tracking.Models;
using Mtl.Tracking.Runs;
using Mtl.Tracking.Tags;

namespace Mtl.Application.Tests.Collaboration;

/// <summary>Notes, tags, comments, favourites, views and filing over real stores.</summary>
public sealed class RecordTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private Application application = null!;

    public async ValueTask InitializeAsync()
    {
        application = await Application.StartAsync();
        var stores = application.Platform.Storage;
        foreach (var id in new[] { "e", "f" })
            (await stores.Experiments.AddAsync(new Experiment(id, $"name of {id}", null, Noon, Noon, false, 0))).IsSuccess.ShouldBeTrue();
        foreach (var id in new[] { "r1", "r2" })
            (await stores.Runs.AddAsync(new Run(id, "e", id, RunKind.Tracked, null, Noon) { Status = RunStatus.Running })).IsSuccess.ShouldBeTrue();
        (await stores.ModelRegistry.AddModelAsync(new RegisteredModel("m", "", Noon, Noon))).IsSuccess.ShouldBeTrue();
        (await stores.ModelRegistry.AddVersionAsync(new ModelVersion("m", 0, "r1", "", 0, "", Noon))).IsSuccess.ShouldBeTrue();
    }

    public ValueTask DisposeAsync() => application.DisposeAsync();

    [Theory]
    [InlineData(TagOwnerKind.Experiment, "e")]
    [InlineData(TagOwnerKind.Run, "r1")]
    [InlineData(TagOwnerKind.RegisteredModel, "m")]
    [InlineData(TagOwnerKind.ModelVersion, "m/1")]
    public async Task A_note_is_written_read_and_taken_away(TagOwnerKind kind, string id)
    {
        var (notes, record) = (application.Get<INotes>(), new TagOwner(kind, id));
        (await notes.GetAsync(record)).Value.ShouldBeEmpty();

        (await notes.SetAsync(record, "# hi\n<b>")).Value.ShouldBe("# hi\n<b>");
        (await notes.GetAsync(record)).Value.ShouldBe("# hi\n<b>");
        (await notes.SetAsync(record, "")).Value.ShouldBeEmpty();
        (await notes.GetAsync(record)).Value.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_note_of_a_run_is_the_tag_that_MLflow_shows()
    {
        await application.Get<INotes>().SetAsync(TagOwner.Run("r1"), "seen");

        (await application.Get<ITagging>().GetAsync(TagOwner.Run("r1"))).Value.ShouldBe([new("mlflow.note.content", "seen")]);
    }

    [Theory]
    [InlineData(TagOwnerKind.Experiment, "There is no experiment 'nope'.")]
    [InlineData(TagOwnerKind.Run, "There is no run 'nope'.")]
    [InlineData(TagOwnerKind.RegisteredModel, "There is no registered model 'nope'.")]
    public async Task What_is_not_there_takes_no_note(TagOwnerKind kind, string message)
    {
        var refused = (await application.Get<INotes>().SetAsync(new TagOwner(kind, "nope"), "x")).Error.ShouldNotBeNull();

        refused.Kind.ShouldBe(ErrorKind.NotFound);
        if (kind != TagOwnerKind.RegisteredModel)
            refused.Message.ShouldBe(message);
    }

    [Fact]
    public async Task A_note_that_is_too_long_is_refused() => (await application.Get<INotes>().SetAsync(TagOwner.Run("r1"), new string('x', 50_001))).Error!.Message
        .ShouldBe("The note has 50,001 characters; at most 50,000 are allowed.");

    [Fact]
    public async Task Tags_are_set_replaced_and_taken_away()
    {
        var (tags, run) = (application.Get<ITagging>(), TagOwner.Run("r1"));

        await tags.SetAsync(run, "team", "blue");
        await tags.SetAsync(run, "team", "red");

        (await tags.GetAsync(run)).Value.ShouldBe([new("team", "red")]);
        (await tags.DeleteAsync(run, "team")).Value.ShouldBeTrue();
        (await tags.DeleteAsync(run, "team")).Value.ShouldBeFalse();
    }

    [Theory]
    [InlineData("", "The tag's key is empty.")]
    [InlineData("mlflow.runName", "The tag 'mlflow.runName' is kept by MLflow's clients: they own the keys that begin with 'mlflow.'.")]
    [InlineData("a\nb", "The tag's key holds a control character or a line break.")]
    public async Task A_key_that_can_not_be_is_refused(string key, string message) => (await application.Get<ITagging>().SetAsync(TagOwner.Run("r1"), key, "x")).Error!.Message.ShouldBe(message);

    [Fact]
    public async Task Comments_are_said_changed_and_taken_back()
    {
        var (comments, run) = (application.Get<IComments>(), TagOwner.Run("r1"));
        var said = (await comments.AddAsync(run, "good")).Value;

        (await comments.EditAsync(said.Id, "better")).Value.EditedAt.ShouldNotBeNull();
        (await comments.ListAsync(run)).Value.Single().Text.ShouldBe("better");
        (await comments.RemoveAsync(said.Id)).Value.ShouldBeTrue();
        (await comments.EditAsync(said.Id, "x")).Error!.Message.ShouldBe($"There is no comment '{said.Id}'.");
        (await comments.AddAsync(run, " ")).Error!.Message.ShouldBe("The comment is empty.");
        (await comments.AddAsync(TagOwner.Run("nope"), "x")).Error!.Message.ShouldBe("There is no run 'nope'.");
    }

    [Fact]
    public async Task Favourites_are_marked_and_unmarked()
    {
        var favourites = application.Get<IFavourites>();
        await favourites.SetAsync(TagOwner.Run("r1"), true);
        await favourites.SetAsync(TagOwner.Run("r2"), true);

        (await favourites.SetAsync(TagOwner.Run("r1"), false)).Value.ShouldBeFalse();

        (await favourites.OfAsync(TagOwnerKind.Run)).ShouldBe(["r2"]);
    }

    [Fact]
    public async Task Views_keep_the_pages_state_under_a_name()
    {
        var views = application.Get<IViews>();
        var saved = (await views.SaveAsync("e", " best ", "sort=-metrics.acc")).Value;

        saved.Name.ShouldBe("best");
        (await views.UpdateAsync(saved.Id, "best", "sort=metrics.loss")).Value.Query.ShouldBe("sort=metrics.loss");
        (await views.SaveAsync("e", "best", "")).Error!.Kind.ShouldBe(ErrorKind.Conflict);
        (await views.ListAsync("e")).Value.Single().Id.ShouldBe(saved.Id);
        (await views.RemoveAsync(saved.Id)).Value.ShouldBeTrue();
        (await views.GetAsync(saved.Id)).Error!.Message.ShouldBe($"There is no view '{saved.Id}'.");
    }

    [Fact]
    public async Task Runs_are_moved_archived_and_restored()
    {
        var (filing, runs) = (application.Get<IRunFiling>(), application.Platform.Storage.Runs);

        (await filing.MoveAsync(["r1", "r2"], "f")).Value.ShouldBe(2);
        (await filing.MoveAsync(["r1", "r2"], "f")).Value.ShouldBe(0);
        (await runs.GetAsync("r1")).Value.ExperimentId.ShouldBe("f");
        (await filing.ArchiveAsync(["r1"])).Value.ShouldBe(1);
        (await runs.GetAsync("r1")).Value.DeletedAt.ShouldNotBeNull();
        (await filing.RestoreAsync(["r1", "r2"])).Value.ShouldBe(1);
        (await runs.GetAsync("r1")).Value.DeletedAt.ShouldBeNull();
        (await filing.RenameAsync("r1", "better")).Value.ShouldBe("better");
        (await application.Get<ITagging>().GetAsync(TagOwner.Run("r1"))).Value["mlflow.runName"].ShouldBe("better");
    }

    [Fact]
    public async Task Of_runs_that_are_not_all_there_none_is_changed()
    {
        var (filing, runs) = (application.Get<IRunFiling>(), application.Platform.Storage.Runs);

        (await filing.ArchiveAsync(["r1", "nope"])).Error!.Message.ShouldBe("There is no run 'nope'.");
        (await filing.ArchiveAsync([])).Error!.Message.ShouldBe("0 runs are named; 1 to 1,000 are allowed at once.");
        (await filing.MoveAsync(["r1"], "nope")).Error!.Message.ShouldBe("There is no experiment 'nope'.");

        (await runs.GetAsync("r1")).Value.DeletedAt.ShouldBeNull();
    }

    [Fact]
    public async Task A_run_that_the_platform_trains_stays_until_it_is_over()
    {
        var stores = application.Platform.Storage;
        await stores.Runs.AddAsync(new Run("t", "e", "training", RunKind.MultiTask, null, Noon) { Status = RunStatus.Paused });

        (await application.Get<IRunFiling>().ArchiveAsync(["t"])).Error.ShouldBe(Error.Conflict(
            "The run 'training' is paused; it can't be archived while the platform trains it.", "Cancel it first, or wait for its end."));
        (await application.Get<IRunFiling>().RenameAsync("t", "other")).Error!.Message.ShouldBe("The run 'training' is paused; it can't be renamed while the platform trains it.");
        (await stores.Runs.GetAsync("t")).Value.Version.ShouldBe(1, "another version would take the run from the grain that trains it");
    }
}
