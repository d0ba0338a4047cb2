namespace Mtl.Core.Definitions;

/// <summary>The columns a model may see. Task columns and the split column are never inputs.</summary>
public sealed record InputsDefinition
{
    /// <summary>The input columns; empty for all that are not excluded.</summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary>Columns to leave out (identifiers, leaks).</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];
}
