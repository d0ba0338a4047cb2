namespace Mtl.Tracking.Runs;

/// <summary>Tags that MLflow gives a meaning.</summary>
public static class RunTags
{
    /// <summary>The run's name.</summary>
    public const string Name = "mlflow.runName";

    /// <summary>Who runs it.</summary>
    public const string User = "mlflow.user";

    /// <summary>The models logged to the run, as a JSON list.</summary>
    public const string ModelHistory = "mlflow.log-model.history";
}
