using Mtl.Core.Catalogue;

namespace Mtl.Dashboard.Models;

/// <summary>A method being chosen. What was typed for one method is still there after looking at another.</summary>
public sealed class MethodDraft
{
    private readonly Dictionary<string, OptionForm> forms = [];

    public MethodDraft(ICatalogue catalogue, MethodKind kind, Choice? choice)
    {
        Kind = kind;
        Methods = [.. catalogue.Methods.Where(method => method.Kind == kind)];
        Key = choice?.Key ?? "";
        if (choice is not null && Method is { } method)
            forms[Key] = new OptionForm(method.Options, choice.Options);
    }

    public MethodKind Kind { get; }

    public IReadOnlyList<MethodInfo> Methods { get; }

    /// <summary>The chosen method; empty for none.</summary>
    public string Key { get; set; }

    public MethodInfo? Method => Methods.FirstOrDefault(method => method.Key == Key);

    public OptionForm Form => forms.TryGetValue(Key, out var form) ? form : forms[Key] = new OptionForm(Method?.Options ?? []);

    public Choice? ToChoice() => Key.Length == 0 ? null : new Choice(Key, Form.Changed());
}
