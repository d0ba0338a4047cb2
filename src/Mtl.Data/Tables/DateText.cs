using System.Globalization;

namespace Mtl.Data.Tables;

/// <summary>
/// Dates as ISO 8601 texts: <c>2024-03-01</c>, or with a time <c>2024-03-01T12:30</c> (or a space for the T), seconds and fractions of them, and <c>Z</c> or an offset (<c>+01:00</c>) if wanted;
/// a time without either is taken as UTC.
/// </summary>
public static class DateText
{
    private const double SecondsPerDay = 86400;

    /// <summary>Days since 1970-01-01 00:00 UTC.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out double days)
    {
        days = 0;
        if (text.Length < 10 || text[4] != '-' || text[7] != '-'
            || !Digits(text, 0, 4, out var year) || !Digits(text, 5, 2, out var month) || !Digits(text, 8, 2, out var day)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        days = new DateOnly(year, month, day).DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
        if (text.Length == 10)
            return true;
        if ((text[10] != 'T' && text[10] != ' ') || !TryParseTime(text[11..], out var seconds))
            return false;
        days += seconds / SecondsPerDay;
        return true;
    }

    internal static string Format(double days)
    {
        var time = DateTime.UnixEpoch.AddSeconds(Math.Round(days * SecondsPerDay));
        return time.ToString(time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
    }

    private static bool TryParseTime(ReadOnlySpan<byte> text, out double seconds)
    {
        seconds = 0;
        if (text.Length < 5 || text[2] != ':' || !Digits(text, 0, 2, out var hour) || !Digits(text, 3, 2, out var minute) || hour > 23 || minute > 59)
            return false;
        seconds = (3600 * hour) + (60 * minute);
        text = text[5..];
        if (text.Length >= 3 && text[0] == ':')
        {
            if (!Digits(text, 1, 2, out var second) || second > 59)
                return false;
            seconds += second;
            text = text[3..];
            if (text.Length >= 2 && text[0] == '.')
            {
                var length = text[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') is var end && end < 0 ? text.Length - 1 : end;
                if (length == 0 || !double.TryParse(text[..(length + 1)], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var fraction))
                    return false;
                seconds += fraction;
                text = text[(length + 1)..];
            }
        }

        return text switch
        {
            [] => true,
            [(byte)'Z'] => true,
            [(byte)'+' or (byte)'-', _, _, (byte)':', _, _] => TrySubtractOffset(text, ref seconds),
            _ => false,
        };
    }

    private static bool TrySubtractOffset(ReadOnlySpan<byte> text, ref double seconds)
    {
        if (!Digits(text, 1, 2, out var hours) || !Digits(text, 4, 2, out var minutes))
            return false;
        seconds -= (text[0] == '-' ? -1 : 1) * ((3600 * hours) + (60 * minutes));
        return true;
    }

    private static bool Digits(ReadOnlySpan<byte> text, int start, int count, out int value)
    {
        value = 0;
        foreach (var c in text.Slice(start, count))
        {
            if (c is < (byte)'0' or > (byte)'9')
                return false;
            value = (10 * value) + (c - '0');
        }

        return true;
    }
}
