using Mtl.Storage.Folders;
using Mtl.Tracking.People;

namespace Mtl.Host.People;

/// <summary>
/// The secret by which this machine's own commands reach a server that asks everyone to sign in: <c>owner.token</c> in the data folder, readable by the folder's owner alone, new at each
/// start. Whoever can read it can read the database beside it.
/// </summary>
internal static class OwnerToken
{
    private const string FileName = "owner.token";

    /// <summary>Writes a new one.</summary>
    /// <returns>Its hash.</returns>
    public static string Renew(DataFolder folder)
    {
        var (file, secret) = (Path.Combine(folder.Root, FileName), TokenSecret.New());
        File.Delete($"{file}.new");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter($"{file}.new", options))
            writer.Write(secret);
        File.Move($"{file}.new", file, overwrite: true);
        return TokenSecret.Hash(secret);
    }

    /// <summary>The secret of the server on a data folder; null where there is none that this user may read.</summary>
    public static string? Read(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, FileName)).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
