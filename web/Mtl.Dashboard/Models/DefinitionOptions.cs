using Mtl.Core.Catalogue;

namespace Mtl.Dashboard.Models;

/// <summary>The parts of a definition that are plain options, as the catalogue would describe them.</summary>
public static class DefinitionOptions
{
    public static IReadOnlyList<OptionInfo> Training { get; } =
    [
        new("epochs", OptionType.Integer, 50L, "Most passes over the training rows.", 1, 100_000),
        new("batchSize", OptionType.Integer, 256L, "Rows per optimiser step.", 1, 1_000_000),
        new("drawing", OptionType.Choice, "proportional", "How batches are drawn where tasks have rows of their own: by their number of rows, all alike, or in between.", Choices: ["proportional", "uniform", "temperature"]),
        new("drawingTemperature", OptionType.Number, 2d, "With temperature: a task's share of rows is its own share to the power of one over this.", 1, 1000),
        new("patience", OptionType.Integer, 8L, "Stop after this many epochs without a better validation score; 0 never stops early.", 0),
        new("seed", OptionType.Integer, 1L, "Seed of every random choice: split, first parameters, batch order, dropout.", 0),
        new("warmupSteps", OptionType.Integer, 0L, "Steps over which the learning rate rises from zero.", 0),
        new("clipNorm", OptionType.Number, 0d, "Largest global gradient norm; 0 for no clipping.", 0),
        new("clipValue", OptionType.Number, 0d, "Largest gradient component, cut off before the norm is; 0 for no clipping.", 0),
        new("threads", OptionType.Integer, 0L, "Threads of the run; 0 lets the platform choose.", 0, 256),
        new("checkpointSeconds", OptionType.Number, 10d, "Seconds between checkpoints.", 1, 3600),
        new("gradients", OptionType.Choice, "parameters", "Which gradients a gradient balancer combines; those of the representation cost one backward pass instead of one per task.", Choices: ["parameters", "representation"]),
        new("analysisEvery", OptionType.Integer, 200L, "Steps between records of the tasks' gradients: norms, cosines, conflict rate; 0 for none.", 0),
    ];

    public static IReadOnlyList<OptionInfo> Preprocessing { get; } =
    [
        new("numeric", OptionType.Choice, "standard", "How numbers become features, after filling in missing ones with the mean.", Choices: ["standard", "piecewise-linear"]),
        new("bins", OptionType.Integer, 16L, "Most quantile bins of a number with the piecewise linear encoding.", 2, 256),
        new("oneHotLimit", OptionType.Integer, 64L, "Columns with at most this many categories become one-hot features, others learned embeddings.", 0, 1024),
        new("minimumCategoryCount", OptionType.Integer, 1L, "Categories with fewer training rows share the place of unknown ones.", 1),
        new("maximumCategories", OptionType.Integer, 10_000L, "Most categories kept per column.", 2, 1_000_000),
    ];

    public static IReadOnlyList<OptionInfo> Split { get; } =
    [
        new("validation", OptionType.Number, 0.15, "Fraction of the rows that decides when to stop and which parameters to keep.", 0.001, 0.899),
        new("test", OptionType.Number, 0.15, "Fraction of the rows kept away for the final figures.", 0.001, 0.899),
    ];
}
