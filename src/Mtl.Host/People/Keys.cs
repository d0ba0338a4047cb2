using Microsoft.AspNetCore.DataProtection;
using Mtl.Storage.Folders;

namespace Mtl.Host.People;

/// <summary>The keys that sign cookies and forms, kept in the data folder (<c>keys/</c>, for its owner alone), so that people stay signed in over a restart.</summary>
internal static class Keys
{
    public static void AddMtlKeys(this WebApplicationBuilder builder, DataFolder folder)
    {
        var keys = new DirectoryInfo(Path.Combine(folder.Root, "keys"));
        if (OperatingSystem.IsWindows())
            keys.Create();
        else
            Directory.CreateDirectory(keys.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        builder.Services.AddDataProtection().SetApplicationName("MtlPlatform").PersistKeysToFileSystem(keys);

        // That keys on disk are protected by the folder's rights alone is intended, and documented.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
    }
}
