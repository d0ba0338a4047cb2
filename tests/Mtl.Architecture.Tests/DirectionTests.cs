namespace Mtl.Architecture.Tests;

/// <summary>Which project may reference which (docs/architecture.md), and who may know of grains, the web and the native runtime.</summary>
public sealed class DirectionTests
{
    /// <summary>Project → the projects it may reference.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Core"] = [],
        ["Graph"] = ["Core"],
        ["Runtime"] = ["Core", "Graph"],
        ["Data"] = ["Core"],
        ["Learning"] = ["Core", "Graph", "Runtime", "Data"],
        ["Tracking"] = ["Core"],
        ["Storage"] = ["Core", "Tracking"],
        ["Serving"] = ["Core", "Graph", "Runtime"],
        ["LocalSilo"] = [],
        ["Grains.Contracts"] = ["Core", "Tracking"],
        ["Grains"] = ["Core", "Grains.Contracts", "Learning", "Data", "Tracking", "Serving"],
        ["Application"] = ["Core", "Grains.Contracts", "Tracking", "Data"],
        ["Api"] = ["Application"],
        ["Cli"] = ["Application"],
        ["Dashboard"] = ["Application"],
        ["Host"] = ["Api", "Application", "Cli", "Core", "Dashboard", "Data", "Grains", "Grains.Contracts", "Graph", "Learning", "Runtime", "Serving", "Storage", "Tracking"],
    };

    /// <summary>Usable as libraries by themselves: no hosting, no storage, no web, no grains.</summary>
    private static readonly string[] Libraries = ["Core", "Graph", "Runtime", "Data", "Learning", "Tracking"];

    private static readonly string[] SeeGrains = ["Grains.Contracts", "Grains", "Host"];

    [Fact]
    public void Every_project_has_its_row() => Repository.Products.Keys.ShouldBe(Allowed.Keys, ignoreOrder: true);

    [Fact]
    public void Every_reference_points_in_an_allowed_direction()
    {
        var offending = from project in Repository.Products.Values
                        from reference in project.References
                        where !Allowed[project.Name].Contains(reference)
                        select $"{project.Name} → {reference}";

        offending.ShouldBeEmpty("docs/architecture.md draws the allowed arrows; change it, this table and the project together, or turn the reference round.");
    }

    [Fact]
    public void The_table_itself_has_no_circle()
    {
        var placed = new HashSet<string>();
        while (Allowed.Keys.Where(project => !placed.Contains(project) && Allowed[project].All(placed.Contains)).ToArray() is { Length: > 0 } next)
            placed.UnionWith(next);

        Allowed.Keys.Except(placed).ShouldBeEmpty();
    }

    [Fact]
    public void Libraries_know_nothing_of_hosting_storage_or_the_web()
    {
        var offending = from name in Libraries
                        let project = Repository.Products[name]
                        from thing in (IEnumerable<string>)
                        [
                            .. project.Frameworks,
                            .. project.Packages.Where(package => package.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)
                                || package.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal)
                                || package.StartsWith("Microsoft.Data.", StringComparison.Ordinal)
                                || package.StartsWith("Microsoft.Orleans.", StringComparison.Ordinal)
                                || package is "Npgsql" or "Dapper"),
                            .. project.UsesGrains ? ["the grain API"] : (string[])[],
                            .. project.Sdk == "Microsoft.NET.Sdk" ? (string[])[] : [project.Sdk],
                        ]
                        select $"{name} → {thing}";

        offending.ShouldBeEmpty();
        Libraries.SelectMany(name => Repository.Products[name].References).Except(Libraries).ShouldBeEmpty();
    }

    [Fact]
    public void Only_the_grain_projects_and_the_host_see_the_grain_API() =>
        Repository.Products.Values.Where(project => project.UsesGrains).Select(project => project.Name).ShouldBe(SeeGrains, ignoreOrder: true);

    [Fact]
    public void Only_the_runtime_binds_the_native_runtime() =>
        Repository.Products.Values.Where(project => project.UsesOnnxRuntime).Select(project => project.Name).ShouldBe(["Runtime"]);

    [Fact]
    public void Only_the_host_is_a_web_program() => Repository.Products.Values.Where(project => project.Sdk == "Microsoft.NET.Sdk.Web").Select(project => project.Name).ShouldBe(["Host"]);
}
