namespace Mtl.Core.Definitions;

/// <summary>The metric that stands for a task where there is room for one; Δm compares it.</summary>
public static class PrimaryMetric
{
    private static readonly Dictionary<TaskKind, string> Keys = new()
    {
        [TaskKind.Regression] = "rmse",
        [TaskKind.Binary] = "roc_auc",
        [TaskKind.Multiclass] = "accuracy",
        [TaskKind.Multilabel] = "f1_micro",
        [TaskKind.Tagging] = "entity_f1",
        [TaskKind.Reconstruction] = "rmse",
        [TaskKind.Rating] = "rmse",
    };

    /// <summary>Its key in the catalogue.</summary>
    public static string Of(TaskKind kind) => Keys[kind];
}
