using Mtl.Application.Access;
using Mtl.Application.People;
using Mtl.Core;
using Mtl.Tracking.People;

namespace Mtl.Dashboard.Tests.Development;

/// <summary>A site whose one user, an administrator, is signed in; made-up people, permissions and deeds.</summary>
internal sealed class DevelopmentPeople(TimeProvider time) : IAccess, IAuthentication, IAccounts, IPeople, IPermissions, IAudit
{
    private static readonly Error ReadOnly = Error.Unavailable("The development site changes nobody's account.");

    public Caller Caller { get; } = new("ada", IsAdministrator: true, Permission.Manage, "127.0.0.1") { UserId = "u1", By = "session", SessionId = "s1" };

    private DateTimeOffset Now => time.GetUtcNow();

    public Task<Error?> RefuseAsync(Permission needed, Resource resource, CancellationToken cancellation = default) => Task.FromResult<Error?>(null);

    public Task<Func<string, bool>> ReadableAsync(ResourceKind kind, CancellationToken cancellation = default) => Task.FromResult<Func<string, bool>>(_ => true);

    public Task<Result<Caller>> IdentifyAsync(Credential credential, string address, CancellationToken cancellation = default) => Task.FromResult<Result<Caller>>(Caller);

    public Task<bool> IsOpenAsync(CancellationToken cancellation = default) => Task.FromResult(false);

    public Task<bool> CanSetUpAsync(CancellationToken cancellation = default) => Task.FromResult(true);

    public Task<Result<SignedIn>> SetUpAsync(string name, string password, CancellationToken cancellation = default) => Task.FromResult<Result<SignedIn>>(ReadOnly);

    public Task<Result<SignedIn>> SignInAsync(string name, string password, CancellationToken cancellation = default) => Task.FromResult<Result<SignedIn>>(ReadOnly);

    public Task<Result<SignedIn>> SignInExternalAsync(string provider, string subject, string name, bool makesAccounts, CancellationToken cancellation = default) =>
        Task.FromResult<Result<SignedIn>>(ReadOnly);

    public Task SignOutAsync(CancellationToken cancellation = default) => Task.CompletedTask;

    public Task<Result<Account>> GetAsync(CancellationToken cancellation = default) => Task.FromResult<Result<Account>>(new Account(
        "ada", true, true, Now, ["vision"], [new TokenSummary("t1", "laptop", TokenScope.Write, Now.AddDays(-3), Now.AddDays(87), Now.AddHours(-2), false)],
        [new Session("s1", "u1", Now, Now, Now.AddDays(14), "127.0.0.1")], "s1"));

    public Task<Result<bool>> ChangePasswordAsync(string current, string replacement, CancellationToken cancellation = default) => Task.FromResult<Result<bool>>(ReadOnly);

    public Task<Result<NewToken>> CreateTokenAsync(string name, TokenScope scope, int? days, CancellationToken cancellation = default) => Task.FromResult<Result<NewToken>>(ReadOnly);

    public Task<Result<bool>> RevokeTokenAsync(string id, CancellationToken cancellation = default) => Task.FromResult<Result<bool>>(ReadOnly);

    public Task<Result<bool>> EndOtherSessionsAsync(CancellationToken cancellation = default) => Task.FromResult<Result<bool>>(ReadOnly);

    public Task<Result<IReadOnlyList<UserSummary>>> ListAsync(CancellationToken cancellation = default) => Task.FromResult(Result.Of<IReadOnlyList<UserSummary>>(
    [
        new UserSummary("u1", "ada", true, false, false, false, Now.AddDays(-90), Now, ["vision"]),
        new UserSummary("u2", "grace", false, false, true, false, Now.AddDays(-80), Now.AddDays(-1), ["vision"]),
        new UserSummary("u3", "linus", false, true, false, true, Now.AddDays(-70), null, []),
    ]));

    public async Task<Result<UserSummary>> GetAsync(string name, CancellationToken cancellation = default) => (await ListAsync(cancellation)).Value[0];

    public Task<Result<UserSummary>> CreateAsync(string name, string password, bool isAdministrator, CancellationToken cancellation = default) => Task.FromResult<Result<UserSummary>>(ReadOnly);

    public Task<Result<bool>> ResetPasswordAsync(string name, string password, CancellationToken cancellation = default) => Task.FromResult<Result<bool>>(ReadOnly);

    public Task<Result<bool>> SetAdministratorAsync(string name, bool isAdministrator, CancellationToken cancellation = default) => Task.FromResult<Result<bool>>(ReadOnly);

    public Task<Result<bool>> SetDisabledAsync(string name, bool isDisabled, CancellationToken cancellation = default) => Task.FromResult<Result<bool>>(ReadOnly);

    public Task<Result<bool>> RemoveAsync(string name, CancellationToken cancellation = default) => Task.FromResult<Result<bool>>(ReadOnly);

    public Task<Result<IReadOnlyList<TeamSummary>>> TeamsAsync(CancellationToken cancellation = default) =>
        Task.FromResult(Result.Of<IReadOnlyList<TeamSummary>>([new TeamSummary("t", "vision", ["ada", "grace"])]));

    public Task<Result<TeamSummary>> SaveTeamAsync(string name, IReadOnlyList<string> members, CancellationToken cancellation = default) => Task.FromResult<Result<TeamSummary>>(ReadOnly);

    public Task<Result<bool>> RemoveTeamAsync(string name, CancellationToken cancellation = default) => Task.FromResult<Result<bool>>(ReadOnly);

    public Task<Result<ThingPermissions>> GetAsync(Resource resource, CancellationToken cancellation = default) => Task.FromResult<Result<ThingPermissions>>(new ThingPermissions(
        [new PermissionLine(new Holder(PrincipalKind.User, "ada"), Permission.Manage), new PermissionLine(new Holder(PrincipalKind.Team, "vision"), Permission.Edit)],
        Permission.Read, ["ada", "grace", "linus"], ["vision"]));

    public Task<Result<ThingPermissions>> SetAsync(Resource resource, Holder holder, Permission permission, CancellationToken cancellation = default) => Task.FromResult<Result<ThingPermissions>>(ReadOnly);

    public Task<Result<ThingPermissions>> RemoveAsync(Resource resource, Holder holder, CancellationToken cancellation = default) => Task.FromResult<Result<ThingPermissions>>(ReadOnly);

    public Task<Result<IReadOnlyList<AuditEntry>>> ReadAsync(AuditFilter filter, CancellationToken cancellation = default) => Task.FromResult(Result.Of<IReadOnlyList<AuditEntry>>(
        [new AuditEntry(1, Now, "u1", "ada", "session", "account.sign-in", "", "", "127.0.0.1", "r1"), new AuditEntry(2, Now, "u2", "grace", "token laptop", "experiment.delete", "experiment:e1", "", "10.0.0.7", "r2")]));
}
