using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mtl.Core;
using Mtl.Core.Catalogue;

namespace Mtl.Learning.Catalogue;

/// <summary>One property of an options record as an option: its description, and its value from and to JSON.</summary>
internal sealed class OptionProperty
{
    private readonly PropertyInfo property;
    private readonly OptionForm form;

    public OptionProperty(PropertyInfo property, object defaults)
    {
        this.property = property;
        form = OptionForm.Of(property.PropertyType);
        var range = property.GetCustomAttribute<RangeAttribute>();
        var allowed = property.GetCustomAttribute<AllowedValuesAttribute>()?.Values.Cast<string>().ToArray() ?? form.Choices;
        Info = new OptionInfo(
            JsonNamingPolicy.CamelCase.ConvertName(property.Name),
            allowed is null ? form.Type : OptionType.Choice,
            form.ToPlain(property.GetValue(defaults)!),
            property.GetCustomAttribute<DescriptionAttribute>()?.Description
                ?? throw new InvalidOperationException($"Option {property.DeclaringType!.Name}.{property.Name} has no [Description]."),
            Bound(range?.Minimum),
            Bound(range?.Maximum),
            allowed);
    }

    public OptionInfo Info { get; }

    /// <summary>Sets the property to the value in JSON; false when the value has the wrong type or is out of bounds.</summary>
    public bool TrySet(object options, JsonNode node)
    {
        if (PlainJson.Read(node, Info.Type) is not { } plain || !IsAllowed(plain))
            return false;
        property.SetValue(options, form.FromPlain(plain));
        return true;
    }

    public JsonNode Write(object options) => PlainJson.Write(form.ToPlain(property.GetValue(options)!));

    public Error Refuse(string owner, JsonNode node) => Error.Invalid(
        $"Option '{Info.Name}' of {owner} is {PlainJson.Show(node)}; {Expected()} is expected.",
        $"The default is {PlainJson.Show(PlainJson.Write(Info.Default))}.",
        Info.Name);

    private static double? Bound(object? value) =>
        value is null ? null : Convert.ToDouble(value, CultureInfo.InvariantCulture) is var bound && double.IsInfinity(bound) ? null : bound;

    private bool IsAllowed(object plain) => plain switch
    {
        long number => IsWithin(number) && (form.Type != OptionType.Integer || form.Fits(number)),
        double number => IsWithin(number),
        long[] numbers => numbers.All(number => IsWithin(number) && form.Fits(number)),
        double[] numbers => numbers.All(IsWithin),
        string text => Info.Choices is null || Info.Choices.Contains(text),
        _ => true,
    };

    private bool IsWithin(double number) => double.IsFinite(number) && !(number < Info.Minimum) && !(number > Info.Maximum);

    private string Expected() => Info.Type switch
    {
        OptionType.Integer => "a whole number" + Bounds(""),
        OptionType.Number => "a number" + Bounds(""),
        OptionType.Boolean => "true or false",
        OptionType.Choice => $"one of {string.Join(", ", Info.Choices!)}",
        OptionType.IntegerList => "a list of whole numbers" + Bounds(", each"),
        OptionType.NumberList => "a list of numbers" + Bounds(", each"),
        _ => "a text",
    };

    private string Bounds(string prefix) => (Info.Minimum, Info.Maximum) switch
    {
        ({ } low, { } high) => string.Create(CultureInfo.InvariantCulture, $"{prefix} from {low} to {high}"),
        ({ } low, null) => string.Create(CultureInfo.InvariantCulture, $"{prefix} of at least {low}"),
        (null, { } high) => string.Create(CultureInfo.InvariantCulture, $"{prefix} of at most {high}"),
        _ => "",
    };
}
