namespace Mtl.Core.Text;

/// <summary>Letters as the exported models' own operators change them: A to Z, and no others.</summary>
public static class AsciiLetters
{
    /// <summary>The text with A to Z made small.</summary>
    public static string Lowered(string text) => string.Create(text.Length, text, (letters, source) =>
    {
        for (var i = 0; i < letters.Length; i++)
            letters[i] = source[i] is >= 'A' and <= 'Z' ? (char)(source[i] | 0x20) : source[i];
    });
}
