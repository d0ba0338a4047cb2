using Mtl.Core;

namespace Mtl.Storage.Relational;

/// <summary>The texts that all tables share.</summary>
internal static class Failures
{
    public static Error NotFound(string noun, string id) => Error.NotFound($"There is no {noun} '{id}'.", $"List the {noun}s to see which exist.");

    public static Error Exists(string noun, string id) => Error.Conflict($"The {noun} '{id}' exists already.", "Add it under a new id.");

    /// <summary>Why an update of version <paramref name="expected"/> found no row: <paramref name="stored"/> is the version that is there, null for none.</summary>
    public static Error Stale(string noun, string id, long expected, long? stored) => stored is null
        ? NotFound(noun, id)
        : Error.Conflict(
            $"The {noun} '{id}' was changed by another write: version {expected} was to be replaced, the store holds version {stored}.",
            "Read it again and repeat the change.");
}
