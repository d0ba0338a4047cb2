using Mtl.Core;
using Mtl.Tracking.People;

namespace Mtl.Application.Access;

/// <summary>What somebody who may not is told.</summary>
internal static class Refusals
{
    private static readonly Dictionary<ResourceKind, string> Nouns = new()
    {
        [ResourceKind.Platform] = "platform",
        [ResourceKind.Operations] = "server",
        [ResourceKind.Experiment] = "experiment",
        [ResourceKind.Run] = "run",
        [ResourceKind.RegisteredModel] = "model",
        [ResourceKind.LoggedModel] = "logged model",
        [ResourceKind.Dataset] = "dataset",
    };

    public static Error SignIn() => Error.Unauthenticated(
        "This needs somebody who has signed in.",
        "Sign in at /sign-in, or send a token (Authorization: Bearer mtl_…) or a user's name and password (HTTP Basic).");

    /// <summary>In the words that a thing that isn't there is answered with.</summary>
    public static Error Hidden(Resource resource) => Error.NotFound($"There is no {Noun(resource)} '{resource.Id}'.", $"List the {Noun(resource)}s to see which exist.");

    /// <summary>In the words that a name that nothing has is answered with.</summary>
    public static Error HiddenName(string noun, string name) => Error.NotFound($"There is no {noun} named '{name}'.", $"List the {noun}s to see which exist.");

    public static Error Capped(Caller caller, Permission needed) => Error.Forbidden(
        $"This needs {needed.Name()}; a token of scope '{$"{TokenScopes.For(caller.Cap)}".ToLowerInvariant()}' allows no more than {caller.Cap.Name()}.",
        $"Use a token of scope '{$"{TokenScopes.For(needed)}".ToLowerInvariant()}'.");

    public static Error NotAllowed(Caller caller, Permission needed, Permission held, Resource resource) => resource.Kind is ResourceKind.Platform or ResourceKind.Operations
        ? Error.Forbidden("Only administrators may do this.", "Ask an administrator.")
        : Error.Forbidden(
            $"'{caller.Name}' has {held.Name()} on the {Noun(resource)} '{resource.Id}'; this needs {needed.Name()}.",
            "Ask somebody who has MANAGE on it, or an administrator.");

    /// <summary>The server's process can read more than people may see.</summary>
    public static Error ServerFile() => Error.Forbidden("Only administrators may name a file on the server.", "Upload the file, and use the dataset that it becomes.");

    private static string Noun(Resource resource) => Nouns[resource.Kind];
}
