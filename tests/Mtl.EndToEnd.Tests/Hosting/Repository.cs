namespace Mtl.EndToEnd.Tests.Hosting;

/// <summary>The checkout that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "MtlPlatform.sln")) ? folder.FullName : Find(folder.Parent ?? throw new InvalidOperationException("MtlPlatform.sln is in no folder above the tests."));
}
