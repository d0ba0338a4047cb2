using System.Globalization;

namespace Mtl.Dashboard.Models;

/// <summary>How numbers, times and sizes are written for people; always with a decimal point.</summary>
public static class Formats
{
    /// <summary>Four significant digits; groups from 10,000 on, so that years stay years; very large and very small numbers in powers of ten; <c>–</c> for none and for NaN.</summary>
    public static string Number(double? value) => value switch
    {
        null => "–",
        { } number when double.IsNaN(number) => "NaN",
        { } number when double.IsInfinity(number) => number > 0 ? "∞" : "−∞",
        0 => "0",
        { } number when Math.Abs(number) is >= 1e9 or < 1e-4 => Minus(number.ToString("0.###e0", CultureInfo.InvariantCulture)),
        { } number when Math.Abs(number) is >= 1000 and < 10_000 => Minus(number.ToString("0.#", CultureInfo.InvariantCulture)),
        { } number when Math.Abs(number) >= 10_000 => Minus(number.ToString(Math.Round(number) == number ? "#,0" : "#,0.#", CultureInfo.InvariantCulture)),
        { } number => Minus(number.ToString(Decimals(number), CultureInfo.InvariantCulture)),
    };

    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary><c>+1.2 %</c>: the sign is always written.</summary>
    public static string SignedPercent(double? percent) => percent is not { } value || double.IsNaN(value)
        ? "–"
        : Minus(value.ToString("+0.0#;-0.0#;0.0", CultureInfo.InvariantCulture)) + " %";

    /// <summary>A fraction as a percentage: <c>0.123</c> is <c>12.3 %</c>.</summary>
    public static string Percent(double fraction) => double.IsNaN(fraction) ? "–" : (fraction * 100).ToString("0.#", CultureInfo.InvariantCulture) + " %";

    /// <summary><c>850 ms</c>, <c>4.2 s</c>, <c>3 min 5 s</c>, <c>2 h 7 min</c>.</summary>
    public static string Duration(double? seconds) => seconds switch
    {
        null => "–",
        { } value when !double.IsFinite(value) || value < 0 => "–",
        < 1 => $"{seconds * 1000:0} ms",
        < 10 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s"),
        < 60 => $"{seconds:0} s",
        < 3600 => Whole((long)(seconds / 60), "min", (int)(seconds % 60), "s"),
        _ => Whole((long)(seconds / 3600), "h", (int)(seconds % 3600 / 60), "min"),
    };

    public static string Bytes(long bytes) => bytes switch
    {
        < 1000 => $"{bytes} B",
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.#} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.#} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.##} GB"),
    };

    /// <summary>How long ago, in the largest unit: <c>just now</c>, <c>5 min ago</c>, <c>3 days ago</c>.</summary>
    public static string Ago(DateTimeOffset then, DateTimeOffset now) => (now - then).TotalSeconds switch
    {
        < 45 => "just now",
        < 3600 and var seconds => $"{Math.Max(1, Math.Round(seconds / 60)):0} min ago",
        < 86400 and var seconds => $"{Math.Round(seconds / 3600):0} h ago",
        var seconds when Math.Round(seconds / 86400) is 1 => "yesterday",
        < 2_592_000 and var seconds => $"{Math.Round(seconds / 86400):0} days ago",
        _ => then.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };

    /// <summary>A number as a form field holds it: shortest text that reads back as the same value.</summary>
    public static string Field(double value) => value.ToString("R", CultureInfo.InvariantCulture).Replace("E-0", "e-", StringComparison.Ordinal).Replace('E', 'e');

    /// <summary>A key in parts that each end with the <c>.</c>, <c>/</c>, <c>_</c> or <c>-</c> behind them: where a line may end.</summary>
    public static IEnumerable<string> Parts(string key)
    {
        for (var start = 0; start < key.Length;)
        {
            var end = key.AsSpan(start).IndexOfAny("./_-") is >= 0 and var place ? start + place + 1 : key.Length;
            yield return key[start..end];
            start = end;
        }
    }

    /// <summary>The end of an identifier, which is what tells neighbours apart.</summary>
    public static string ShortId(string id) => id.Length > 10 ? "…" + id[^8..] : id;

    /// <summary>camelCase as words: <c>learningRate</c> is <c>Learning rate</c>.</summary>
    public static string Words(string camelCase)
    {
        var words = string.Concat(camelCase.Select((letter, i) => char.IsUpper(letter) && i > 0 ? $" {char.ToLowerInvariant(letter)}" : $"{letter}")).Replace('_', ' ');
        return words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];
    }

    private static string Whole(long large, string largeUnit, int small, string smallUnit) => small == 0 ? $"{large} {largeUnit}" : $"{large} {largeUnit} {small} {smallUnit}";

    private static string Decimals(double number)
    {
        var digitsBeforePoint = (int)Math.Floor(Math.Log10(Math.Abs(number))) + 1;
        return "0." + new string('#', Math.Clamp(4 - digitsBeforePoint, 0, 7));
    }

    private static string Minus(string text) => text.Replace("-", "−", StringComparison.Ordinal).Replace("e−", "e-", StringComparison.Ordinal);
}
