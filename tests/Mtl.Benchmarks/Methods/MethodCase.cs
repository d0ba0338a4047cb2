using System.Text.Json.Nodes;
using Mtl.Core.Catalogue;
using Mtl.Learning.Catalogue;

namespace Mtl.Benchmarks.Methods;

/// <summary>A row of a problem's table: what a method sets in the problem's definition.</summary>
/// <param name="Name">As the row calls it.</param>
/// <param name="Weighting">The weighting's key; empty where there is none.</param>
/// <param name="Settings">Members of the definition.</param>
internal sealed record MethodCase(string Name, string Weighting, JsonObject Settings)
{
    /// <summary>The row that Δm is measured against.</summary>
    public const string Baseline = "stl";

    private static readonly string[] Weightings = ["ew", "uw", "pcgrad", "nash-mtl", "famo"];

    public string Key => Weighting.Length == 0 ? Name : $"{Name} {Weighting}";

    /// <summary>The baseline, two classical methods, and every architecture that shares with each of the weightings.</summary>
    public static IReadOnlyList<MethodCase> All { get; } =
    [
        new(Baseline, "", new JsonObject { ["architecture"] = "stl" }),
        new("pooled", "", new JsonObject { ["learner"] = "pooled-ridge" }),
        new("linear", "", new JsonObject { ["learner"] = "ridge" }),
        .. from architecture in MethodCatalogue.Standard.Methods.Where(method => method.Kind == MethodKind.Architecture && method.Key != "stl")
           from weighting in Weightings
           select new MethodCase(architecture.Key, weighting, new JsonObject { ["architecture"] = architecture.Key, ["weighting"] = weighting }),
    ];
}
