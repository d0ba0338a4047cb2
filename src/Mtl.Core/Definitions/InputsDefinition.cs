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
}
