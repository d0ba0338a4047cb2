using Mtl.Core;

namespace Mtl.Application.Tracking;

/// <summary>The stages of MLflow's registry.</summary>
public static class ModelStages
{
    public const string None = "None";
    public const string Staging = "Staging";
    public const string Production = "Production";
    public const string Archived = "Archived";

    public static IReadOnlyList<string> All { get; } = [None, Staging, Production, Archived];

    /// <summary>The stage of that name in any case.</summary>
    public static Result<string> Read(string text) => All.FirstOrDefault(stage => stage.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } stage
        ? stage
        : Error.Invalid($"Invalid Model Version stage: {text[..Math.Min(text.Length, 100)]}. Value must be one of {string.Join(", ", All)}.", field: "stage");
}
