using System.Globalization;
using System.Text;

namespace Mtl.Data.Tables;

/// <summary>
/// Numbers as texts, with a point for decimals: <c>12</c>, <c>-3.5</c>, <c>1e-3</c>. What stands for "no number" (<c>NaN</c>, <c>NA</c>, <c>N/A</c>, <c>null</c>, <c>none</c>, <c>?</c>, in any case) reads as NaN;
/// <c>inf</c> and numbers beyond ±3.4·10³⁸ read as infinite, which a caller refuses.
/// </summary>
internal static class NumberText
{
    /// <summary>Digits that a double holds exactly, whatever they are.</summary>
    private const int ExactDigits = 15;

    private static readonly double[] PowersOfTen = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
    private static readonly string[] Missing = ["nan", "na", "n/a", "#n/a", "null", "none", "?"];
    private static readonly string[] Infinite = ["inf", "+inf", "-inf", "infinity", "+infinity", "-infinity"];

    internal static bool TryParse(ReadOnlySpan<byte> text, out double value)
    {
        if (TryParsePlain(text, out value))
            return true;
        if (text.IsEmpty)
            return false;
        if (text[^1] is (>= (byte)'0' and <= (byte)'9') or (byte)'.')
            return double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value);
        if (IsMissing(text))
        {
            value = double.NaN;
            return true;
        }

        value = text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
        return IsOneOf(text, Infinite);
    }

    internal static bool TryParse(string text, out double value) => TryParse(Encoding.UTF8.GetBytes(text), out value);

    internal static bool IsMissing(ReadOnlySpan<byte> text) => IsOneOf(text, Missing);

    /// <summary>Sign, digits and point of at most 15 digits: an exact integer over an exact power of ten, so the quotient is rounded once and right (Clinger, 1990).</summary>
    private static bool TryParsePlain(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        var negative = !text.IsEmpty && text[0] == '-';
        var digits = 0L;
        var digitCount = 0;
        var decimals = -1;
        for (var i = negative ? 1 : 0; i < text.Length; i++)
        {
            var digit = text[i] - '0';
            if ((uint)digit <= 9)
            {
                digits = (10 * digits) + digit;
                digitCount++;
                if (decimals >= 0)
                    decimals++;
            }
            else if (text[i] == '.' && decimals < 0)
            {
                decimals = 0;
            }
            else
            {
                return false;
            }
        }

        if (digitCount is 0 or > ExactDigits)
            return false;
        value = decimals > 0 ? digits / PowersOfTen[decimals] : digits;
        if (negative)
            value = -value;
        return true;
    }

    private static bool IsOneOf(ReadOnlySpan<byte> text, string[] words)
    {
        foreach (var word in words)
        {
            if (Ascii.EqualsIgnoreCase(text, word))
                return true;
        }

        return false;
    }
}
