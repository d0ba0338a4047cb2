using Mtl.Application.Access;
using Mtl.Application.Datasets;
using Mtl.Application.Experiments;
using Mtl.Application.People;
using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Tracking.People;

namespace Mtl.Application.Tests.People;

/// <summary>Who may do what with a thing, as asked of <see cref="IAccess"/>.</summary>
public sealed class PermissionTests
{
    [Fact]
    public async Task Where_nothing_is_said_people_may_read_and_no_more()
    {
        await using var host = await PeopleHost.WithUsersAsync(null, "ada");
        await host.AddExperimentAsync("e");
        await using var ada = await host.AsAsync("ada");

        (await ada.Access.RefuseAsync(Permission.Read, Resource.Experiment("e"))).ShouldBeNull();
        (await ada.Access.RefuseAsync(Permission.Edit, Resource.Run("r-e")))!.ToString()
            .ShouldBe("'ada' has READ on the run 'r-e'; this needs EDIT. Ask somebody who has MANAGE on it, or an administrator.");
        (await ada.Access.RefuseAsync(Permission.Edit, Resource.Platform)).ShouldBeNull("everyone may make things");
        (await ada.Access.RefuseAsync(Permission.Manage, Resource.Platform))!.ToString().ShouldBe("Only administrators may do this. Ask an administrator.");
    }

    [Fact]
    public async Task A_hidden_thing_is_answered_for_as_one_that_is_not_there()
    {
        await using var host = await PeopleHost.WithUsersAsync(null, "ada");
        await host.AddExperimentAsync("e");
        await host.AddModelAsync("m", "e");
        await GiveAsync(host, Resource.Experiment("e"), new Holder(PrincipalKind.Everyone), Permission.None);
        await using var ada = await host.AsAsync("ada");

        foreach (var thing in (Resource[])[Resource.Experiment("e"), Resource.Run("r-e"), Resource.RegisteredModel("m")])
            (await ada.Access.RefuseAsync(Permission.Read, thing))!.Kind.ShouldBe(ErrorKind.NotFound);
        var hidden = (await ada.Access.RefuseAsync(Permission.Read, Resource.Experiment("e")))!;
        hidden.ShouldBe((await host.Storage.Experiments.GetAsync("x")).Error! with { Message = "There is no experiment 'e'." });
        (await ada.Access.ReadableAsync(ResourceKind.Experiment))("e").ShouldBeFalse();
        (await ada.Access.ReadableAsync(ResourceKind.RegisteredModel))("m").ShouldBeFalse();
        await using var root = await host.AsAsync("root");
        (await root.Access.RefuseAsync(Permission.Manage, Resource.Run("r-e"))).ShouldBeNull();
    }

    [Fact]
    public async Task What_is_not_there_is_not_refused_so_that_the_use_case_can_say_so()
    {
        await using var host = await PeopleHost.WithUsersAsync(null, "ada");
        await using var ada = await host.AsAsync("ada");

        foreach (var thing in (Resource[])[Resource.Experiment("x"), Resource.Run("x"), Resource.RegisteredModel("x"), Resource.LoggedModel("x"), Resource.Dataset("x")])
            (await ada.Access.RefuseAsync(Permission.Manage, thing)).ShouldBeNull();
    }

    [Fact]
    public async Task A_team_may_what_it_was_given_and_others_not()
    {
        await using var host = await PeopleHost.WithUsersAsync(null, "ada", "grace");
        await host.AddExperimentAsync("e");
        await using (var root = await host.AsAsync("root"))
            (await root.Get<IPeople>().SaveTeamAsync("crew", ["ada"])).IsSuccess.ShouldBeTrue();
        await GiveAsync(host, Resource.Experiment("e"), new Holder(PrincipalKind.Everyone), Permission.None);
        await GiveAsync(host, Resource.Experiment("e"), new Holder(PrincipalKind.Team, "Crew"), Permission.Edit);

        await using var ada = await host.AsAsync("ada");
        await using var grace = await host.AsAsync("grace");

        (await ada.Access.RefuseAsync(Permission.Edit, Resource.Run("r-e"))).ShouldBeNull();
        (await ada.Access.RefuseAsync(Permission.Manage, Resource.Run("r-e")))!.Kind.ShouldBe(ErrorKind.Forbidden);
        (await grace.Access.RefuseAsync(Permission.Read, Resource.Run("r-e")))!.Kind.ShouldBe(ErrorKind.NotFound);
    }

    [Fact]
    public async Task A_tokens_scope_holds_its_owner_back_administrators_too()
    {
        await using var host = await PeopleHost.WithUsersAsync(null, "ada");
        await host.AddExperimentAsync("e");
        await GiveAsync(host, Resource.Experiment("e"), new Holder(PrincipalKind.User, "ada"), Permission.Manage);

        foreach (var name in (string[])["ada", "root"])
        {
            await using var reads = await host.ScopeAsync(new Credential.Token((await host.TokenAsync(name, TokenScope.Read)).Secret));
            await using var writes = await host.ScopeAsync(new Credential.Token((await host.TokenAsync(name, TokenScope.Write)).Secret));

            (await reads.Access.RefuseAsync(Permission.Read, Resource.Experiment("e"))).ShouldBeNull();
            (await reads.Access.RefuseAsync(Permission.Edit, Resource.Experiment("e")))!.ToString()
                .ShouldBe("This needs EDIT; a token of scope 'read' allows no more than READ. Use a token of scope 'write'.");
            (await reads.Access.RefuseAsync(Permission.Edit, Resource.Platform))!.Kind.ShouldBe(ErrorKind.Forbidden);
            (await writes.Access.RefuseAsync(Permission.Edit, Resource.Experiment("e"))).ShouldBeNull();
            (await writes.Access.RefuseAsync(Permission.Manage, Resource.Experiment("e")))!.Kind.ShouldBe(ErrorKind.Forbidden);
            (await writes.Get<IAccounts>().CreateTokenAsync("more", TokenScope.Admin, null)).Error!.Kind.ShouldBe(ErrorKind.Forbidden, "a token can't make a stronger one");
            (await reads.Get<IAccounts>().ChangePasswordAsync(PeopleHost.Password, "a new long password")).Error!.Kind.ShouldBe(ErrorKind.Forbidden);
        }
    }

    [Fact]
    public async Task A_model_is_as_closed_as_the_most_closed_of_the_experiments_it_comes_from_unless_it_has_lines_of_its_own()
    {
        await using var host = await PeopleHost.WithUsersAsync(null, "ada");
        await host.AddExperimentAsync("open");
        await host.AddExperimentAsync("closed");
        await host.AddModelAsync("m", "open");
        await using var ada = await host.AsAsync("ada");
        (await ada.Access.RefuseAsync(Permission.Read, Resource.RegisteredModel("m"))).ShouldBeNull();

        await GiveAsync(host, Resource.Experiment("closed"), new Holder(PrincipalKind.Everyone), Permission.None);
        await host.AddModelAsync("m", "closed");
        (await ada.Access.RefuseAsync(Permission.Read, Resource.RegisteredModel("m")))!.Kind.ShouldBe(ErrorKind.NotFound);

        await GiveAsync(host, Resource.RegisteredModel("m"), new Holder(PrincipalKind.User, "ada"), Permission.Edit);
        (await ada.Access.RefuseAsync(Permission.Edit, Resource.RegisteredModel("m"))).ShouldBeNull();
        (await ada.Access.ReadableAsync(ResourceKind.RegisteredModel))("m").ShouldBeTrue();
    }

    [Fact]
    public async Task Who_makes_something_manages_it()
    {
        await using var host = await PeopleHost.WithUsersAsync(null, "ada");
        await host.AddExperimentAsync("e");
        await using var ada = await host.AsAsync("ada");
        await ada.Get<IOwnership>().TakeAsync(Resource.Experiment("e"));

        (await ada.Access.RefuseAsync(Permission.Manage, Resource.Experiment("e"))).ShouldBeNull();
        var given = await ada.Get<IPermissions>().SetAsync(Resource.Experiment("e"), new Holder(PrincipalKind.Everyone), Permission.None);
        given.Value.Lines.ShouldBe([new PermissionLine(new Holder(PrincipalKind.User, "ada"), Permission.Manage), new PermissionLine(new Holder(PrincipalKind.Everyone), Permission.None)]);
    }

    [Fact]
    public async Task Permissions_are_given_by_those_who_manage_the_thing_alone()
    {
        await using var host = await PeopleHost.WithUsersAsync(null, "ada", "grace");
        await host.AddExperimentAsync("e");
        await GiveAsync(host, Resource.Experiment("e"), new Holder(PrincipalKind.User, "ada"), Permission.Edit);
        await using var ada = await host.AsAsync("ada");

        (await ada.Get<IPermissions>().SetAsync(Resource.Experiment("e"), new Holder(PrincipalKind.User, "ada"), Permission.Manage)).Error!.Kind.ShouldBe(ErrorKind.Forbidden);
        (await ada.Get<IPermissions>().GetAsync(Resource.Experiment("e"))).Error!.Kind.ShouldBe(ErrorKind.Forbidden);
        (await ada.Get<IPermissions>().RemoveAsync(Resource.Experiment("e"), new Holder(PrincipalKind.User, "ada"))).Error!.Kind.ShouldBe(ErrorKind.Forbidden);
        await using var root = await host.AsAsync("root");
        (await root.Get<IPermissions>().GetAsync(Resource.Experiment("none"))).Error!.Message.ShouldBe("There is no experiment 'none'.");
        (await root.Get<IPermissions>().SetAsync(Resource.Experiment("e"), new Holder(PrincipalKind.User, "nobody"), Permission.Read)).Error!.Message.ShouldBe("There is no user 'nobody'.");
        (await root.Get<IPermissions>().SetAsync(Resource.Experiment("e"), new Holder(PrincipalKind.Team, "nobody"), Permission.Read)).Error!.Message.ShouldBe("There is no team 'nobody'.");
        (await root.Get<IPermissions>().RemoveAsync(Resource.Experiment("e"), new Holder(PrincipalKind.User, "grace"))).Error!.Message.ShouldBe("There is no permission of the user 'grace' on this.");
    }

    [Fact]
    public async Task Files_of_the_server_and_others_things_can_not_be_named_in_a_definition()
    {
        await using var host = await PeopleHost.WithUsersAsync(null, "ada");
        await host.AddExperimentAsync("closed");
        await GiveAsync(host, Resource.Experiment("closed"), new Holder(PrincipalKind.Everyone), Permission.None);
        await using var ada = await host.AsAsync("ada");
        await using var root = await host.AsAsync("root");
        var file = new ExperimentDefinition("x", new DataDefinition { Path = "/etc/passwd" }, []);
        var transfer = new ExperimentDefinition("x", new DataDefinition { Dataset = "d" }, []) { Transfer = new TransferDefinition { Run = "r-closed" } };

        (await ada.Get<DefinitionAccess>().RefuseAsync(file, before: null, CancellationToken.None))!.ToString()
            .ShouldBe("Only administrators may name a file on the server. Upload the file, and use the dataset that it becomes.");
        (await ada.Get<DefinitionAccess>().RefuseAsync(file, before: file, CancellationToken.None)).ShouldBeNull("it stands there already");
        (await ada.Get<DefinitionAccess>().RefuseAsync(transfer, before: null, CancellationToken.None))!.Message.ShouldBe("There is no run 'r-closed'.");
        (await root.Get<DefinitionAccess>().RefuseAsync(file, before: null, CancellationToken.None)).ShouldBeNull();
        (await root.Get<DefinitionAccess>().RefuseAsync(transfer, before: null, CancellationToken.None)).ShouldBeNull();
        (await ada.Get<IDatasets>().AddPathAsync("/etc/passwd")).Error!.Kind.ShouldBe(ErrorKind.Forbidden);
    }

    private static async Task GiveAsync(PeopleHost host, Resource thing, Holder holder, Permission permission)
    {
        await using var root = await host.AsAsync("root");
        (await root.Get<IPermissions>().SetAsync(thing, holder, permission)).IsSuccess.ShouldBeTrue();
    }
}
