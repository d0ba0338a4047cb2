using System.Globalization;
using System.Text.RegularExpressions;

namespace Mtl.Graph;

/// <summary>
/// Parts of a dimension whose sizes only the data says (<c>batch[sizes 2..3 of 5]</c>): neighbouring parts add up to one part, all of them to the whole, so that what is cut and joined again
/// has the shape that it had.
/// </summary>
internal static partial class DimensionParts
{
    /// <param name="whole">What is cut.</param>
    /// <param name="sizes">Name of the input that holds the parts' sizes.</param>
    /// <param name="from">First part, from 0.</param>
    /// <param name="to">Behind the last part.</param>
    /// <param name="count">Parts of the whole.</param>
    public static Dimension Of(Dimension whole, string sizes, int from, int to, int count) =>
        to - from == count ? whole : string.Create(CultureInfo.InvariantCulture, $"{whole}[{sizes} {from}..{to} of {count}]");

    /// <summary>Two neighbouring parts as one; null when they are none.</summary>
    public static Dimension? Join(Dimension a, Dimension b)
    {
        if (!a.IsPlainSymbol || !b.IsPlainSymbol || !a.Symbol!.EndsWith(']') || !b.Symbol!.EndsWith(']'))
            return null;
        var (x, y) = (Part().Match(a.Symbol), Part().Match(b.Symbol));
        return x.Success && y.Success && Text(x, "whole") == Text(y, "whole") && Text(x, "sizes") == Text(y, "sizes") && Text(x, "to") == Text(y, "from")
            ? Of(Text(x, "whole"), Text(x, "sizes"), Number(x, "from"), Number(y, "to"), Number(x, "count"))
            : (Dimension?)null;
    }

    private static string Text(Match match, string group) => match.Groups[group].Value;

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<whole>[^\[\]]+)\[(?<sizes>.+) (?<from>\d+)\.\.(?<to>\d+) of (?<count>\d+)\]$")]
    private static partial Regex Part();
}
