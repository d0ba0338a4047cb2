using Mtl.Core;

namespace Mtl.Tracking.People;

/// <summary>What is taken as a password: long, not the name, and otherwise whatever a person can remember (NIST SP 800-63B, section 5.1.1.2: length, not composition).</summary>
public static class PasswordRules
{
    public const int Shortest = 10;
    public const int Longest = 256;

    /// <summary>Null when the password will do.</summary>
    public static Error? Check(string userName, string password, string field = "password")
    {
        var length = password.EnumerateRunes().Count();
        if (length is < Shortest or > Longest)
            return Error.Invalid($"The password has {length} characters; it must have {Shortest} to {Longest}.", "A few unrelated words make a good one.", field);
        if (password.Distinct().Count() < 4)
            return Error.Invalid("The password repeats the same few characters.", "A few unrelated words make a good one.", field);
        return password.Contains(userName, StringComparison.OrdinalIgnoreCase) && userName.Length > 3
            ? Error.Invalid("The password contains the user's name.", "A few unrelated words make a good one.", field)
            : null;
    }
}
