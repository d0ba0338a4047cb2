using Mtl.Tracking.People;

namespace Mtl.Application.Access;

/// <inheritdoc cref="IOwnership"/>
internal sealed class Ownership(IAccess access, IGrantStore grants) : IOwnership
{
    public Task TakeAsync(Resource resource) => access.Caller.UserId.Length == 0
        ? Task.CompletedTask
        : grants.SetAsync(new Grant(ThingKinds.Of(resource.Kind), resource.Id, Principal.User(access.Caller.UserId), Permission.Manage), CancellationToken.None);
}
