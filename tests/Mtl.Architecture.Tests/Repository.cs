namespace Mtl.Architecture.Tests;

/// <summary>The repository that these tests were built from.</summary>
internal static class Repository
{
    private static readonly string[] NotOurs = ["bin", "obj", "node_modules", "lib", "_framework"];

    public static string Root { get; } = FindRoot(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>Projects of <c>src/</c> and <c>web/</c>, by name.</summary>
    public static IReadOnlyDictionary<string, Project> Products { get; } = Projects("src", "web");

    /// <summary>Projects of <c>tests/</c>, by name.</summary>
    public static IReadOnlyDictionary<string, Project> Tests { get; } = Projects("tests");

    /// <summary>Files under <paramref name="folder"/> with one of the extensions, as paths from the root; nothing built, downloaded or generated.</summary>
    public static IEnumerable<string> Files(string folder, params string[] extensions) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(file => extensions.Contains(Path.GetExtension(file)) && !file.Split('/').Intersect(NotOurs).Any())
            .Order(StringComparer.Ordinal);

    public static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Root, file));

    private static Dictionary<string, Project> Projects(params string[] folders) => folders
        .SelectMany(folder => Files(folder, ".csproj"))
        .Select(file => new Project(Path.Combine(Root, file)))
        .ToDictionary(project => project.Name);

    private static string FindRoot(DirectoryInfo? folder) =>
        folder is null ? throw new InvalidOperationException("The tests do not lie within the repository.")
        : File.Exists(Path.Combine(folder.FullName, "MtlPlatform.sln")) ? folder.FullName
        : FindRoot(folder.Parent);
}
