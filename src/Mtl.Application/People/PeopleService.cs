using Mtl.Application.Access;
using Mtl.Core;
using Mtl.Tracking.People;

namespace Mtl.Application.People;

/// <inheritdoc cref="IPeople"/>
internal sealed class PeopleService(
    IAccess access, IAuditTrail audit, IUserStore users, ITeamStore teams, ICredentialStore credentials, Passwords passwords, SignInThrottle throttle, TimeProvider time) : IPeople
{
    public async Task<Result<IReadOnlyList<UserSummary>>> ListAsync(CancellationToken cancellation = default)
    {
        if (await RefuseAsync(cancellation) is { } refusal)
            return refusal;
        var all = await teams.ListAsync(cancellation);
        return Result.Of<IReadOnlyList<UserSummary>>([.. (await users.ListAsync(cancellation)).Select(user => SummaryOf(user, all))]);
    }

    public async Task<Result<UserSummary>> GetAsync(string name, CancellationToken cancellation = default)
    {
        var user = await FindAsync(name, cancellation);
        return user.IsSuccess ? SummaryOf(user.Value, await teams.ListAsync(cancellation)) : user.Error;
    }

    public async Task<Result<UserSummary>> CreateAsync(string name, string password, bool isAdministrator, CancellationToken cancellation = default)
    {
        if (await RefuseAsync(cancellation) is { } refusal)
            return refusal;
        var isFirst = !await users.IsAnyoneAsync(administrators: false, cancellation);
        if (isFirst && !isAdministrator)
            return Error.Conflict("The first user must be an administrator: from then on everyone has to sign in.", "Make an administrator first.");
        var made = UserMaker.Make(name, password, isAdministrator, passwords, time.GetUtcNow());
        if (!made.IsSuccess)
            return made.Error;

        var added = isFirst ? await users.AddFirstAsync(made.Value, cancellation) : await users.AddAsync(made.Value, cancellation);
        if (!added.IsSuccess)
            return added.Error;
        await audit.NoteAsync("user.create", detail: $"'{added.Value.Name}'{(isAdministrator ? ", administrator" : "")}");
        return SummaryOf(added.Value, []);
    }

    public async Task<Result<bool>> ResetPasswordAsync(string name, string password, CancellationToken cancellation = default)
    {
        var changed = await ChangeAsync(
            name,
            user => PasswordRules.Check(user.Name, password) is { } weak ? weak : user with { PasswordHash = passwords.Hash(user, password) },
            "user.password",
            cancellation,
            endsSessions: true);
        if (changed.IsSuccess)
            throttle.Forget(UserName.Key(name));
        return changed;
    }

    public Task<Result<bool>> SetAdministratorAsync(string name, bool isAdministrator, CancellationToken cancellation = default) =>
        ChangeAsync(name, user => user with { IsAdministrator = isAdministrator }, isAdministrator ? "user.administrator" : "user.no-administrator", cancellation);

    public Task<Result<bool>> SetDisabledAsync(string name, bool isDisabled, CancellationToken cancellation = default) =>
        ChangeAsync(name, user => user with { IsDisabled = isDisabled }, isDisabled ? "user.disable" : "user.enable", cancellation, endsSessions: isDisabled);

    public async Task<Result<bool>> RemoveAsync(string name, CancellationToken cancellation = default)
    {
        var user = await FindAsync(name, cancellation);
        if (!user.IsSuccess)
            return user.Error;
        var removed = await users.RemoveAsync(user.Value.Id, cancellation);
        if (removed.IsSuccess)
            await audit.NoteAsync("user.delete", detail: $"'{user.Value.Name}'");
        return removed;
    }

    public async Task<Result<IReadOnlyList<TeamSummary>>> TeamsAsync(CancellationToken cancellation = default)
    {
        if (await RefuseAsync(cancellation) is { } refusal)
            return refusal;
        var names = (await users.ListAsync(cancellation)).ToDictionary(user => user.Id, user => user.Name);
        return Result.Of<IReadOnlyList<TeamSummary>>([.. (await teams.ListAsync(cancellation)).Select(team => new TeamSummary(team.Id, team.Name, [.. team.Members.Select(id => names[id])]))]);
    }

    public async Task<Result<TeamSummary>> SaveTeamAsync(string name, IReadOnlyList<string> members, CancellationToken cancellation = default)
    {
        if (await RefuseAsync(cancellation) is { } refusal)
            return refusal;
        var checkedName = UserName.Check(name, "team");
        if (!checkedName.IsSuccess)
            return checkedName.Error;
        var ids = new List<string>();
        foreach (var member in members)
        {
            // JSON's lists may hold null, whatever the type says.
            if (member is null)
                return Error.Invalid("A team's members are names of users; one of them is null.", field: "members");
            if (await users.FindByNameAsync(member, cancellation) is not { } user)
                return NoUser(member);
            ids.Add(user.Id);
        }

        var known = (await teams.ListAsync(cancellation)).FirstOrDefault(team => UserName.Key(team.Name) == UserName.Key(checkedName.Value));
        var saved = known is null
            ? await teams.AddAsync(new Team(UserMaker.NewId(time.GetUtcNow()), checkedName.Value, time.GetUtcNow(), ids), cancellation)
            : await teams.UpdateAsync(known with { Members = ids }, cancellation);
        if (!saved.IsSuccess)
            return saved.Error;
        await audit.NoteAsync(known is null ? "team.create" : "team.members", detail: $"'{saved.Value.Name}': {(members.Count == 0 ? "nobody" : string.Join(", ", members))}");
        return new TeamSummary(saved.Value.Id, saved.Value.Name, members);
    }

    public async Task<Result<bool>> RemoveTeamAsync(string name, CancellationToken cancellation = default)
    {
        if (await RefuseAsync(cancellation) is { } refusal)
            return refusal;
        if ((await teams.ListAsync(cancellation)).FirstOrDefault(team => UserName.Key(team.Name) == UserName.Key(name)) is not { } known)
            return Error.NotFound($"There is no team '{name}'.", "List the teams to see which exist.");
        var removed = await teams.RemoveAsync(known.Id, cancellation);
        if (removed.IsSuccess)
            await audit.NoteAsync("team.delete", detail: $"'{known.Name}'");
        return removed;
    }

    private static Error NoUser(string name) => Error.NotFound($"There is no user '{name}'.", "List the users to see which exist.");

    private UserSummary SummaryOf(User user, IReadOnlyList<Team> all) => new(
        user.Id, user.Name, user.IsAdministrator, user.IsDisabled, throttle.IsGuarded(UserName.Key(user.Name)), user.PasswordHash.Length == 0, user.CreatedAt, user.LastSignInAt,
        [.. all.Where(team => team.Members.Contains(user.Id)).Select(team => team.Name)]);

    private async Task<Error?> RefuseAsync(CancellationToken cancellation) => await access.RefuseAsync(Permission.Manage, Resource.Platform, cancellation);

    private async Task<Result<User>> FindAsync(string name, CancellationToken cancellation)
    {
        if (await RefuseAsync(cancellation) is { } refusal)
            return refusal;
        return await users.FindByNameAsync(name, cancellation) is { } user ? user : NoUser(name);
    }

    private async Task<Result<bool>> ChangeAsync(string name, Func<User, Result<User>> change, string action, CancellationToken cancellation, bool endsSessions = false)
    {
        var user = await FindAsync(name, cancellation);
        var changed = user.Then(change);
        if (!changed.IsSuccess)
            return changed.Error;
        var written = await users.UpdateAsync(changed.Value, cancellation);
        if (!written.IsSuccess)
            return written.Error;
        if (endsSessions)
            await credentials.RemoveSessionsAsync(user.Value.Id, except: null, CancellationToken.None);
        await audit.NoteAsync(action, detail: $"'{user.Value.Name}'");
        return true;
    }
}
