using System.Text.RegularExpressions;
using Mtl.Core.Catalogue;

namespace Mtl.Core.Definitions;

/// <summary>Input columns that belong together: a text, the pixels of an image, the values of a series.</summary>
/// <param name="Name">Unique in the experiment; letters, digits, '-' and '_'.</param>
/// <param name="Kind">Text, image or series.</param>
/// <param name="Columns">
/// Columns by name, or by a pattern in which '*' stands for any characters (<c>p*</c>: in the table's order, without the tasks' columns and the split column). One for a text;
/// channels · height · width for an image; length · channels for a series.
/// </param>
public sealed record ModalityDefinition(string Name, ModalityKind Kind, IReadOnlyList<string> Columns)
{
    /// <summary>What reads it; null for the definition's own encoder.</summary>
    public Choice? Encoder { get; init; }

    /// <summary>How a text becomes tokens; null for <c>words</c>. Only for a text.</summary>
    public Choice? Tokenizer { get; init; }

    /// <summary>Numbers for each pixel of an image, or each moment of a series; 1 to 1024.</summary>
    public int Channels { get; init; } = 1;

    /// <summary>Rows of an image; 0 for a square one.</summary>
    public int Height { get; init; }

    /// <summary>Columns of an image; 0 for a square one.</summary>
    public int Width { get; init; }

    /// <summary>Whether a column is one of its <see cref="Columns"/>.</summary>
    public bool Covers(string column) => Columns.Any(name => Fits(name, column));

    /// <summary>Whether a column has a name, or fits a pattern in which '*' stands for any characters. Case matters.</summary>
    public static bool Fits(string pattern, string column) => pattern.Contains('*', StringComparison.Ordinal)
        ? Regex.IsMatch(column, $"^{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal)}$", RegexOptions.Singleline)
        : pattern == column;
}
