namespace Mtl.Benchmarks.Methods;

/// <summary>Where the repository lies that this program was built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "MtlPlatform.sln")))
                return folder.FullName;
        throw new InvalidOperationException($"{AppContext.BaseDirectory} lies in no checkout of the repository.");
    }
}
