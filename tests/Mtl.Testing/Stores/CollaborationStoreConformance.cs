using Mtl.Core;
using Mtl.Tracking.Collaboration;
using Mtl.Tracking.Models;
using Mtl.Tracking.Runs;
using Mtl.Tracking.Tags;
using Shouldly;
using Xunit;

namespace Mtl.Testing.Stores;

/// <summary>What every <c>ICommentStore</c>, <c>IFavouriteStore</c> and <c>IViewStore</c> must hold.</summary>
public abstract class CollaborationStoreConformance(StoreSource source) : StoreConformance(source)
{
    private static readonly TagOwner On = TagOwner.Run("r");

    [Fact]
    public async Task A_comment_is_read_back_as_it_was()
    {
        var comment = NewComment("c") with { Text = "**ü** <script>\r\n数据", EditedAt = Noon.AddTicks(1) };
        (await Stores.Comments.AddAsync(comment)).Value.ShouldBe(comment);

        (await Stores.Comments.GetAsync("c")).Value.ShouldBe(comment);
    }

    [Fact]
    public async Task Comments_come_the_oldest_first_and_page_by_page()
    {
        foreach (var id in new[] { "c1", "c2", "c3" })
            await Stores.Comments.AddAsync(NewComment(id));
        await Stores.Comments.AddAsync(NewComment("other") with { On = TagOwner.Experiment("r") });

        (await Stores.Comments.ListAsync(On, 2)).Select(comment => comment.Id).ShouldBe(["c1", "c2"]);
        (await Stores.Comments.ListAsync(On, 2, "c2")).Select(comment => comment.Id).ShouldBe(["c3"]);
        (await Stores.Comments.ListAsync(TagOwner.Run("nobody"), 2)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_comment_is_edited_and_removed()
    {
        await Stores.Comments.AddAsync(NewComment("c"));

        (await Stores.Comments.EditAsync("c", "better", Noon.AddMinutes(1))).Value.ShouldBe(NewComment("c") with { Text = "better", EditedAt = Noon.AddMinutes(1) });
        (await Stores.Comments.RemoveAsync("c")).Value.ShouldBeTrue();
        (await Stores.Comments.GetAsync("c")).Error.ShouldBe(Error.NotFound("There is no comment 'c'.", "List the comments to see which exist."));
        (await Stores.Comments.EditAsync("c", "x", Noon)).Error!.Kind.ShouldBe(ErrorKind.NotFound);
        (await Stores.Comments.RemoveAsync("c")).Error!.Kind.ShouldBe(ErrorKind.NotFound);
    }

    [Fact]
    public async Task A_comment_of_an_id_that_exists_is_refused()
    {
        await Stores.Comments.AddAsync(NewComment("c"));

        (await Stores.Comments.AddAsync(NewComment("c"))).Error!.Message.ShouldBe("The comment 'c' exists already.");
    }

    [Fact]
    public async Task Favourites_are_each_users_own_the_last_marked_first()
    {
        await Stores.Favourites.SetAsync("ada", TagOwner.Experiment("e1"), true, Noon);
        await Stores.Favourites.SetAsync("ada", TagOwner.Experiment("e2"), true, Noon.AddMinutes(1));
        await Stores.Favourites.SetAsync("ada", TagOwner.Experiment("e1"), true, Noon.AddMinutes(2));
        await Stores.Favourites.SetAsync("ada", TagOwner.Run("r"), true, Noon);
        await Stores.Favourites.SetAsync("", TagOwner.Experiment("e3"), true, Noon);

        (await Stores.Favourites.OfAsync("ada", TagOwnerKind.Experiment)).ShouldBe(["e2", "e1"]);
        (await Stores.Favourites.OfAsync("", TagOwnerKind.Experiment)).ShouldBe(["e3"]);

        await Stores.Favourites.SetAsync("ada", TagOwner.Experiment("e2"), false, Noon);
        await Stores.Favourites.SetAsync("ada", TagOwner.Experiment("never"), false, Noon);
        (await Stores.Favourites.OfAsync("ada", TagOwnerKind.Experiment)).ShouldBe(["e1"]);
    }

    [Fact]
    public async Task A_view_is_kept_changed_and_removed()
    {
        await AddRunsAsync();
        (await Stores.Views.AddAsync(NewView("v1", "losses"))).Value.ShouldBe(NewView("v1", "losses"));
        await Stores.Views.AddAsync(NewView("v2", "best"));

        (await Stores.Views.ListAsync("e")).Select(view => view.Name).ShouldBe(["best", "losses"]);
        var changed = NewView("v1", "least loss") with { Query = "sort=metrics.loss", UpdatedAt = Noon.AddMinutes(1) };
        (await Stores.Views.UpdateAsync(changed)).Value.ShouldBe(changed);
        (await Stores.Views.GetAsync("v1")).Value.ShouldBe(changed);
        (await Stores.Views.RemoveAsync("v1")).Value.ShouldBeTrue();
        (await Stores.Views.GetAsync("v1")).Error.ShouldBe(Error.NotFound("There is no view 'v1'.", "List the views to see which exist."));
        (await Stores.Views.UpdateAsync(changed)).Error!.Kind.ShouldBe(ErrorKind.NotFound);
    }

    [Fact]
    public async Task A_views_name_stands_once_in_an_experiment()
    {
        await AddRunsAsync();
        (await Stores.Experiments.AddAsync(NewExperiment("f"))).IsSuccess.ShouldBeTrue();
        await Stores.Views.AddAsync(NewView("v1", "best"));
        (await Stores.Views.AddAsync(NewView("v3", "best") with { ExperimentId = "f" })).IsSuccess.ShouldBeTrue();

        var taken = Error.Conflict("The experiment has a view named 'best' already.", "Choose another name, or save that view anew.");
        (await Stores.Views.AddAsync(NewView("v2", "best"))).Error.ShouldBe(taken);
        await Stores.Views.AddAsync(NewView("v2", "other"));
        (await Stores.Views.UpdateAsync(NewView("v2", "best"))).Error.ShouldBe(taken);
        (await Stores.Views.UpdateAsync(NewView("v1", "best"))).IsSuccess.ShouldBeTrue();
    }

    [Fact]
    public async Task What_people_added_to_a_model_follows_its_name_and_goes_with_it()
    {
        await Stores.ModelRegistry.AddModelAsync(new RegisteredModel("m", "", Noon, Noon));
        await Stores.Comments.AddAsync(NewComment("c") with { On = TagOwner.RegisteredModel("m") });
        await Stores.Favourites.SetAsync("ada", TagOwner.RegisteredModel("m"), true, Noon);

        await Stores.ModelRegistry.RenameModelAsync("m", "n", Noon);
        (await Stores.Comments.ListAsync(TagOwner.RegisteredModel("n"), 10)).ShouldHaveSingleItem();
        (await Stores.Favourites.OfAsync("ada", TagOwnerKind.RegisteredModel)).ShouldBe(["n"]);

        await Stores.ModelRegistry.RemoveModelAsync("n");
        (await Stores.Comments.GetAsync("c")).Error!.Kind.ShouldBe(ErrorKind.NotFound);
        (await Stores.Favourites.OfAsync("ada", TagOwnerKind.RegisteredModel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_people_added_goes_with_a_run_and_an_experiment_that_are_removed_for_good()
    {
        await AddRunsAsync("r");
        await Stores.Runs.UpdateAsync((await Stores.Runs.GetAsync("r")).Value with { Status = RunStatus.Completed, DeletedAt = Noon });
        await Stores.Experiments.UpdateAsync((await Stores.Experiments.GetAsync("e")).Value with { IsDeleted = true });
        await Stores.Comments.AddAsync(NewComment("c"));
        await Stores.Comments.AddAsync(NewComment("d") with { On = TagOwner.Experiment("e") });
        await Stores.Favourites.SetAsync("ada", TagOwner.Run("r"), true, Noon);
        await Stores.Views.AddAsync(NewView("v", "best"));

        (await Stores.Retention.RemoveRunAsync("r", Noon.AddDays(1), () => Task.CompletedTask)).ShouldBeTrue();
        (await Stores.Retention.RemoveExperimentAsync("e", Noon.AddDays(1))).ShouldBeTrue();

        (await Stores.Comments.GetAsync("c")).Error!.Kind.ShouldBe(ErrorKind.NotFound);
        (await Stores.Comments.GetAsync("d")).Error!.Kind.ShouldBe(ErrorKind.NotFound);
        (await Stores.Views.GetAsync("v")).Error!.Kind.ShouldBe(ErrorKind.NotFound);
        (await Stores.Favourites.OfAsync("ada", TagOwnerKind.Run)).ShouldBeEmpty();
    }

    private static Comment NewComment(string id) => new(id, On, "ada", $"text of {id}", Noon, null);

    private static SavedView NewView(string id, string name) => new(id, "e", name, "filter=metrics.loss%20%3C%201", "ada", Noon, Noon);
}
