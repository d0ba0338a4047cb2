using Mtl.Core;

namespace Mtl.Application.Collaboration;

/// <summary>Bounds of the texts that people add.</summary>
internal static class TextRules
{
    /// <summary>Markdown of a note, in characters.</summary>
    public const int LongestNote = 50_000;

    public const int LongestComment = 10_000;

    public const int LongestName = 250;

    public const int LongestTagValue = 8_000;

    /// <summary>A view's state in its address.</summary>
    public const int LongestQuery = 8_000;

    /// <summary>Null for a text of 1 to <paramref name="most"/> characters that are not all blanks.</summary>
    public static Error? Refuse(string noun, string text, int most, string field) => text switch
    {
        _ when string.IsNullOrWhiteSpace(text) => Error.Invalid($"The {noun} is empty.", $"Give 1 to {most:N0} characters.", field),
        _ when text.Length > most => Error.Invalid($"The {noun} has {text.Length:N0} characters; at most {most:N0} are allowed.", "Shorten it.", field),
        _ => null,
    };

    /// <summary>As <see cref="Refuse"/>, for texts of one line.</summary>
    public static Error? RefuseName(string noun, string text, string field) => Refuse(noun, text, LongestName, field)
        ?? (text.Any(char.IsControl) ? Error.Invalid($"The {noun} holds a control character or a line break.", "Take it out.", field) : null);
}
