using Mtl.Core;

namespace Mtl.Tracking.People;

/// <summary>What names of people and teams may be: nothing that a log, a header or HTTP Basic (which ends the name at a colon) could take for something else.</summary>
public static class UserName
{
    public const int Longest = 64;

    private const string Marks = "._-@+";

    /// <summary>The name as it is kept: without space around it.</summary>
    public static Result<string> Check(string name, string noun = "user")
    {
        var trimmed = name.Trim();
        return trimmed.Length is > 0 and <= Longest && trimmed.All(IsAllowed)
            ? trimmed
            : Error.Invalid($"The {noun}'s name must have 1 to {Longest} letters, digits or characters of '{Marks}'.", "Choose another name.", "name");
    }

    /// <summary>The form in which two names are compared.</summary>
    public static string Key(string name) => name.Trim().ToLowerInvariant();

    private static bool IsAllowed(char character) => char.IsLetterOrDigit(character) || Marks.Contains(character);
}
