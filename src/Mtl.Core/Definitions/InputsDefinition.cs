using Mtl.Core.Catalogue;

namespace Mtl.Core.Definitions;

/// <summary>The columns a model may see. Task columns and the split column are never inputs.</summary>
public sealed record InputsDefinition
{
    /// <summary>The input columns; empty for all that are not excluded.</summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary>Columns to leave out (identifiers, leaks).</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Columns that belong together as a text, an image or a series. They are inputs by being named here; all other input columns are numbers and categories.</summary>
    public IReadOnlyList<ModalityDefinition> Modalities { get; init; } = [];

    /// <summary>How several modalities (the numbers and categories count as one) become one representation; null for <c>late</c>.</summary>
    public Choice? Fusion { get; init; }
}
