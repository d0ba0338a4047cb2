using Mtl.Application.Access;
using Mtl.Core;
using Mtl.Tracking.People;

namespace Mtl.Application.People;

/// <summary>Who may do what with an experiment, a registered model or a dataset. Seen and changed by those who have MANAGE on it.</summary>
public interface IPermissions
{
    Task<Result<ThingPermissions>> GetAsync(Resource resource, CancellationToken cancellation = default);

    /// <summary>Gives a permission in place of the one that the holder had.</summary>
    Task<Result<ThingPermissions>> SetAsync(Resource resource, Holder holder, Permission permission, CancellationToken cancellation = default);

    /// <summary>Takes a line away; NotFound when there is none.</summary>
    Task<Result<ThingPermissions>> RemoveAsync(Resource resource, Holder holder, CancellationToken cancellation = default);
}

/// <summary>Whom a permission is for, by name; everyone has none.</summary>
public sealed record Holder(PrincipalKind Kind, string Name = "");

/// <summary>The permissions on one thing.</summary>
/// <param name="Otherwise">What those have whom no line is for.</param>
/// <param name="Users">Names that a line can be made for.</param>
/// <param name="Teams">Names that a line can be made for.</param>
public sealed record ThingPermissions(IReadOnlyList<PermissionLine> Lines, Permission Otherwise, IReadOnlyList<string> Users, IReadOnlyList<string> Teams);

/// <summary>One line.</summary>
public sealed record PermissionLine(Holder Holder, Permission Permission);
