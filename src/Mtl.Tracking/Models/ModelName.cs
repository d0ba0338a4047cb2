using System.Text;

namespace Mtl.Tracking.Models;

/// <summary>The name under which an experiment's models are registered and served.</summary>
public static class ModelName
{
    /// <summary>Lower-case ASCII letters and digits of <paramref name="experimentName"/>, with single hyphens between its words; <c>model</c> when none is left.</summary>
    public static string Of(string experimentName)
    {
        var slug = new StringBuilder();
        foreach (var character in experimentName.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(character))
                slug.Append(character);
            else if (slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }

        var text = slug.ToString().Trim('-');
        return text.Length == 0 ? "model" : text;
    }
}
