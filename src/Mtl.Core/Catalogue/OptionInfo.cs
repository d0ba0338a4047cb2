namespace Mtl.Core.Catalogue;

/// <summary>What an option's value looks like, for forms and validation.</summary>
public enum OptionType
{
    Integer,
    Number,
    Boolean,
    Text,
    Choice,
    IntegerList,
    NumberList,
}

/// <summary>One option of a method: everything a form, a help text and a validator need.</summary>
/// <param name="Name">camelCase name, as in YAML and JSON.</param>
/// <param name="Type">The form of the value.</param>
/// <param name="Default">The value when nothing is given: <c>long</c>, <c>double</c>, <c>bool</c>, <c>string</c>, or an array of the first two.</param>
/// <param name="Description">One line, with units.</param>
/// <param name="Minimum">Least allowed number (of each item, in a list), inclusive; null for none.</param>
/// <param name="Maximum">Greatest allowed number, inclusive; null for none.</param>
/// <param name="Choices">The allowed texts of a <see cref="OptionType.Choice"/>; empty otherwise.</param>
public sealed record OptionInfo(
    string Name,
    OptionType Type,
    object Default,
    string Description,
    double? Minimum = null,
    double? Maximum = null,
    IReadOnlyList<string>? Choices = null);
