using Mtl.Core;
using Mtl.Core.Catalogue;

namespace Mtl.Learning.Catalogue;

/// <summary>How the kinds are called in messages.</summary>
internal static class MethodKinds
{
    public static string Noun(this MethodKind kind) => kind == MethodKind.FeatureSpace ? "feature space" : kind.ToString().ToLowerInvariant();

    public static Error NoSuch(this MethodKind kind, string key, IReadOnlyList<MethodInfo> known)
    {
        var keys = known.Select(method => method.Key).ToArray();
        var message = keys.Length == 0
            ? $"There is no {kind.Noun()} '{key}'; there are none at all."
            : $"There is no {kind.Noun()} '{key}'; the {kind.Plural()} are {string.Join(", ", keys)}.";
        return Error.NotFound(message, Spelling.Advice(key, keys)) with { Field = "key" };
    }

    private static string Plural(this MethodKind kind) => kind == MethodKind.Loss ? "losses" : kind.Noun() + "s";
}
