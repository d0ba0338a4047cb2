using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Mtl.Architecture.Tests;

/// <summary>The house's habits that a program can check.</summary>
public sealed partial class HouseTests
{
    private const int MostLines = 400;

    private static readonly string[] SourceFolders = ["src", "web", "tests"];
    private static readonly string[] Code = [".cs", ".razor", ".css", ".js", ".sql"];

    /// <summary>Projects whose tests are elsewhere, and where.</summary>
    private static readonly Dictionary<string, string> TestedElsewhere = new()
    {
        ["Grains.Contracts"] = "Grains.Tests",
        ["Host"] = "EndToEnd.Tests",
    };

    [Fact]
    public void Every_project_has_its_tests()
    {
        var missing = Repository.Products.Keys
            .Select(project => TestedElsewhere.GetValueOrDefault(project, $"{project}.Tests"))
            .Where(tests => !Repository.Tests.ContainsKey(tests));

        missing.ShouldBeEmpty();
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "MtlPlatform.sln")).Replace('\\', '/');

        SourceFolders.SelectMany(folder => Repository.Files(folder, ".csproj")).Where(file => !solution.Contains(file, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void No_file_is_longer_than_a_reader_can_hold()
    {
        var tooLong = from folder in SourceFolders
                    from file in Repository.Files(folder, Code)
                    let lines = Repository.Lines(file).Length
                    where lines > MostLines
                    select $"{file}: {lines} lines";

        tooLong.ShouldBeEmpty($"Most is {MostLines}; split the file by concept.");
    }

    [Fact]
    public void No_work_is_put_off_in_comments()
    {
        var markers = from folder in SourceFolders
                      from file in Repository.Files(folder, Code)
                      from line in Repository.Lines(file).Index()
                      where PutOff().IsMatch(line.Item)
                      select $"{file}:{line.Index + 1}: {line.Item.Trim()}";

        markers.ShouldBeEmpty();
    }

    [Fact]
    public void No_file_is_named_for_what_it_is_not()
    {
        var vague = from folder in SourceFolders
                    from file in Repository.Files(folder, ".cs")
                    where Path.GetFileNameWithoutExtension(file) is var name && (name.EndsWith("Manager", StringComparison.Ordinal)
                        || name.EndsWith("Helper", StringComparison.Ordinal) || name.EndsWith("Helpers", StringComparison.Ordinal) || name.EndsWith("Utils", StringComparison.Ordinal))
                    select file;

        vague.ShouldBeEmpty("Name the concept that the file holds.");
    }

    [Fact]
    public void Packages_have_their_versions_in_one_place()
    {
        var scattered = Repository.Products.Values.Concat(Repository.Tests.Values)
            .SelectMany(project => project.PackagesWithVersion.Select(package => $"{project.Name}: {package}"));

        scattered.ShouldBeEmpty("Versions are in Directory.Packages.props.");
    }

    [Fact]
    public void Package_versions_are_exact()
    {
        var loose = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props")).Descendants("PackageVersion")
            .Where(item => !ExactVersion().IsMatch(item.Attribute("Version")!.Value))
            .Select(item => $"{item.Attribute("Include")!.Value} {item.Attribute("Version")!.Value}");

        loose.ShouldBeEmpty();
    }

    [GeneratedRegex("//.*(TO" + "DO|FIX" + "ME|HA" + "CK)\\b")]
    private static partial Regex PutOff();

    [GeneratedRegex(@"^\d+\.\d+\.\d+(\.\d+)?(-[0-9A-Za-z.]+)?$")]
    private static partial Regex ExactVersion();
}
