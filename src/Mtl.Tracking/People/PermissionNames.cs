using Mtl.Core;

namespace Mtl.Tracking.People;

/// <summary>Permissions as MLflow writes them, which is how the store, the API and the pages write them too.</summary>
public static class PermissionNames
{
    private static readonly Dictionary<Permission, string> Names = new()
    {
        [Permission.None] = "NO_PERMISSIONS",
        [Permission.Read] = "READ",
        [Permission.Edit] = "EDIT",
        [Permission.Manage] = "MANAGE",
    };

    public static string Name(this Permission permission) => Names[permission];

    public static Result<Permission> Parse(string name) => Names.FirstOrDefault(row => row.Value == name) is { Value: not null } found
        ? found.Key
        : Error.Invalid($"'{name}' is no permission; there are {string.Join(", ", Names.Values)}.", field: "permission");
}
