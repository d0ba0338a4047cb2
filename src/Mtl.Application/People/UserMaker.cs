using Mtl.Core;
using Mtl.Tracking.People;

namespace Mtl.Application.People;

/// <summary>Makes records of new local users.</summary>
internal static class UserMaker
{
    public static string NewId(DateTimeOffset now) => Guid.CreateVersion7(now).ToString("N");

    /// <summary>A user with name and password as the rules want them.</summary>
    public static Result<User> Make(string name, string password, bool isAdministrator, Passwords passwords, DateTimeOffset now)
    {
        var checkedName = UserName.Check(name);
        if (!checkedName.IsSuccess)
            return checkedName.Error;
        if (PasswordRules.Check(checkedName.Value, password) is { } weak)
            return weak;
        var user = new User(NewId(now), checkedName.Value, now) { IsAdministrator = isAdministrator };
        return user with { PasswordHash = passwords.Hash(user, password) };
    }
}
