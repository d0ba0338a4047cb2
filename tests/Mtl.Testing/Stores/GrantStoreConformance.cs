using Mtl.Tracking.Models;
using Mtl.Tracking.People;
using Shouldly;
using Xunit;

namespace Mtl.Testing.Stores;

/// <summary>What every <c>IGrantStore</c> and <c>IOriginStore</c> must hold.</summary>
public abstract class GrantStoreConformance(StoreSource source) : StoreConformance(source)
{
    private PeopleStores People => Stores.People;

    [Fact]
    public async Task A_principal_has_one_line_on_a_thing()
    {
        await People.Grants.SetAsync(new Grant("experiment", "e", Principal.User("ada"), Permission.Read));
        await People.Grants.SetAsync(new Grant("experiment", "e", Principal.User("ada"), Permission.Manage));
        await People.Grants.SetAsync(new Grant("experiment", "e", Principal.Everyone, Permission.None));
        await People.Grants.SetAsync(new Grant("experiment", "other", Principal.Everyone, Permission.Edit));
        await People.Grants.SetAsync(new Grant("model", "e", Principal.Everyone, Permission.Edit));

        (await People.Grants.ListAsync("experiment", "e")).ShouldBe(
            [new Grant("experiment", "e", Principal.User("ada"), Permission.Manage), new Grant("experiment", "e", Principal.Everyone, Permission.None)], ignoreOrder: true);
        (await People.Grants.RemoveAsync("experiment", "e", Principal.User("ada"))).ShouldBeTrue();
        (await People.Grants.RemoveAsync("experiment", "e", Principal.User("ada"))).ShouldBeFalse();
        (await People.Grants.ListAsync("experiment", "e")).ShouldHaveSingleItem().Principal.ShouldBe(Principal.Everyone);
    }

    [Fact]
    public async Task What_applies_to_a_user_is_their_own_their_teams_and_everyones()
    {
        foreach (var name in (string[])["ada", "grace"])
            await People.Users.AddAsync(new User(name, name, Noon));
        await People.Teams.AddAsync(new Team("crew", "crew", Noon, ["ada"]));
        await People.Teams.AddAsync(new Team("others", "others", Noon, ["grace"]));
        foreach (var principal in (Principal[])[Principal.User("ada"), Principal.User("grace"), Principal.Team("crew"), Principal.Team("others"), Principal.Everyone])
        {
            await People.Grants.SetAsync(new Grant("experiment", "e1", principal, Permission.Read));
            await People.Grants.SetAsync(new Grant("experiment", "e2", principal, Permission.Edit));
            await People.Grants.SetAsync(new Grant("model", "e1", principal, Permission.Manage));
        }

        Principal[] hers = [Principal.User("ada"), Principal.Team("crew"), Principal.Everyone];
        (await People.Grants.ApplyingAsync("ada", "experiment", "e1")).ShouldBe(hers.Select(principal => new Grant("experiment", "e1", principal, Permission.Read)), ignoreOrder: true);
        (await People.Grants.ApplyingAsync("ada", "experiment")).Count.ShouldBe(6);
        (await People.Grants.ApplyingAsync("nobody", "model")).ShouldHaveSingleItem().Principal.ShouldBe(Principal.Everyone);
    }

    [Fact]
    public async Task A_removed_team_takes_its_lines_along()
    {
        await People.Teams.AddAsync(new Team("crew", "crew", Noon, []));
        await People.Grants.SetAsync(new Grant("experiment", "e", Principal.Team("crew"), Permission.Read));

        await People.Teams.RemoveAsync("crew");

        (await People.Grants.ListAsync("experiment", "e")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Lines_follow_a_thing_to_its_new_name()
    {
        await People.Grants.SetAsync(new Grant("model", "old", Principal.Everyone, Permission.None));
        await People.Grants.SetAsync(new Grant("model", "new", Principal.Everyone, Permission.Manage));

        await People.Grants.RenameAsync("model", "old", "new");

        (await People.Grants.ListAsync("model", "old")).ShouldBeEmpty();
        (await People.Grants.ListAsync("model", "new")).ShouldHaveSingleItem().Permission.ShouldBe(Permission.None, "nothing is left of an earlier thing of that name");
    }

    [Fact]
    public async Task It_is_known_where_things_come_from()
    {
        await AddRunsAsync("r1", "r2");
        await Stores.Experiments.AddAsync(NewExperiment("f"));
        await Stores.Runs.AddAsync(NewRun("r3", "f"));
        foreach (var (name, run) in new[] { ("m", "r1"), ("m", "r3"), ("n", "r2") })
            await Stores.Models.AddAsync(new ModelVersion(name, 0, run, "model.onnx", 0, "", Noon));
        await Stores.ModelRegistry.AddModelAsync(new RegisteredModel("bare", "", Noon, Noon));
        await Stores.LoggedModels.AddAsync(new LoggedModel("l", "f", "logged", "", "r3", "LOGGED_MODEL_READY", Noon, Noon));

        (await People.Origins.ExperimentOfRunAsync("r3")).ShouldBe("f");
        (await People.Origins.ExperimentOfRunAsync("none")).ShouldBeNull();
        (await People.Origins.ExperimentOfLoggedModelAsync("l")).ShouldBe("f");
        (await People.Origins.ExperimentOfLoggedModelAsync("none")).ShouldBeNull();
        (await People.Origins.ExperimentsOfModelAsync("m"))!.ShouldBe(["e", "f"], ignoreOrder: true);
        (await People.Origins.ExperimentsOfModelAsync("bare"))!.ShouldBeEmpty();
        (await People.Origins.ExperimentsOfModelAsync("none")).ShouldBeNull();
        var all = await People.Origins.ExperimentsOfModelsAsync();
        all["m"].ShouldBe(["e", "f"], ignoreOrder: true);
        all["n"].ShouldBe(["e"]);
        all["bare"].ShouldBeEmpty();
        (await People.Origins.ExistsAsync("experiment", "e")).ShouldBeTrue();
        (await People.Origins.ExistsAsync("experiment", "none")).ShouldBeFalse();
        (await People.Origins.ExistsAsync("dataset", "e")).ShouldBeFalse();
    }
}
