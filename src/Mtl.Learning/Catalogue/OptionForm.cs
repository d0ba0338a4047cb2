using System.Globalization;
using System.Text.Json;
using Mtl.Core.Catalogue;

namespace Mtl.Learning.Catalogue;

/// <summary>
/// How a CLR type appears as an option: its <see cref="OptionType"/>, and the way to and from plain values (<c>long</c>, <c>double</c>, <c>bool</c>, <c>string</c>, <c>long[]</c>, <c>double[]</c>).
/// </summary>
internal sealed record OptionForm(OptionType Type, Func<object, object> ToPlain, Func<object, object> FromPlain)
{
    private static readonly Dictionary<Type, OptionForm> Forms = new()
    {
        [typeof(int)] = new(OptionType.Integer, value => (long)(int)value, plain => (int)(long)plain) { Fits = number => number is >= int.MinValue and <= int.MaxValue },
        [typeof(long)] = new(OptionType.Integer, value => value, plain => plain),
        [typeof(double)] = new(OptionType.Number, value => value, plain => plain),
        [typeof(bool)] = new(OptionType.Boolean, value => value, plain => plain),
        [typeof(string)] = new(OptionType.Text, value => value, plain => plain),
        [typeof(IReadOnlyList<int>)] = new(
            OptionType.IntegerList,
            value => ((IReadOnlyList<int>)value).Select(number => (long)number).ToArray(),
            plain => ((long[])plain).Select(number => (int)number).ToArray()) { Fits = number => number is >= int.MinValue and <= int.MaxValue },
        [typeof(IReadOnlyList<double>)] = new(OptionType.NumberList, value => ((IReadOnlyList<double>)value).ToArray(), plain => plain),
    };

    /// <summary>Whether the CLR type can hold the whole number.</summary>
    public Func<long, bool> Fits { get; init; } = _ => true;

    /// <summary>An enum's names; null for other types.</summary>
    public IReadOnlyList<string>? Choices { get; init; }

    public static OptionForm Of(Type type) =>
        type.IsEnum ? OfEnum(type)
        : Forms.TryGetValue(type, out var form) ? form
        : throw new InvalidOperationException($"An option can't be a {type.Name}; it can be int, long, double, bool, string, an enum, or an IReadOnlyList of int or double.");

    private static OptionForm OfEnum(Type type)
    {
        var values = Enum.GetValues(type).Cast<object>().ToDictionary(value => JsonNamingPolicy.KebabCaseLower.ConvertName(Convert.ToString(value, CultureInfo.InvariantCulture)!));
        return new(OptionType.Choice, value => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()!), plain => values[(string)plain]) { Choices = [.. values.Keys] };
    }
}
