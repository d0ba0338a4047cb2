using Mtl.Core;
using Mtl.Tracking.People;

namespace Mtl.Application.Access;

/// <summary>Which kinds of things have grants of their own, and how the store names them.</summary>
public static class ThingKinds
{
    private static readonly Dictionary<ResourceKind, string> Kinds = new()
    {
        [ResourceKind.Experiment] = Things.Experiment,
        [ResourceKind.RegisteredModel] = Things.Model,
        [ResourceKind.Dataset] = Things.Dataset,
    };

    /// <exception cref="KeyNotFoundException">Things of that kind go with another thing.</exception>
    public static string Of(ResourceKind kind) => Kinds[kind];

    /// <summary>The thing that an address names by kind and id.</summary>
    public static Result<Resource> Parse(string kind, string id) => Kinds.FirstOrDefault(row => row.Value == kind) is { Value: not null } found
        ? new Resource(found.Key, id)
        : Error.NotFound($"There are no permissions on a '{kind}'.", $"They are given on {string.Join(", ", Things.All)}.");
}
