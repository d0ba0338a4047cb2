using System.Xml.Linq;

namespace Mtl.Architecture.Tests;

/// <summary>What a .csproj file says.</summary>
internal sealed class Project(string file)
{
    private readonly XDocument document = XDocument.Load(file);

    /// <summary>Without the <c>Mtl.</c> in front.</summary>
    public string Name { get; } = ShortName(file);

    public string Sdk => document.Root!.Attribute("Sdk")!.Value;

    /// <summary>Projects of this repository that it references, ONNX Runtime's binding left out.</summary>
    public IReadOnlyList<string> References => [.. Items("ProjectReference").Select(ShortName)];

    public IReadOnlyList<string> Packages => [.. Items("PackageReference")];

    public IReadOnlyList<string> Frameworks => [.. Items("FrameworkReference")];

    /// <summary>Packages whose version is written here rather than in Directory.Packages.props.</summary>
    public IReadOnlyList<string> PackagesWithVersion => [.. document.Descendants("PackageReference")
        .Where(item => item.Attribute("Version") is not null || item.Attribute("VersionOverride") is not null || item.Element("Version") is not null)
        .Select(item => item.Attribute("Include")!.Value)];

    /// <summary>Holds grain interfaces, messages or grains, and so sees the Orleans API (build/Orleans.targets).</summary>
    public bool UsesGrains => document.Descendants("MtlOrleansRole").Any();

    public bool UsesOnnxRuntime => document.Descendants("MtlUsesOnnxRuntime").Any();

    private static string ShortName(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path.Replace('\\', '/'));
        return name.StartsWith("Mtl.", StringComparison.Ordinal) ? name["Mtl.".Length..] : name;
    }

    private IEnumerable<string> Items(string kind) => document.Descendants(kind).Select(item => item.Attribute("Include")?.Value).OfType<string>();
}
