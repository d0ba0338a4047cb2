namespace Mtl.Tracking.Runs;

/// <summary>Names of a run's artifacts.</summary>
public static class RunFiles
{
    /// <summary>The exported model.</summary>
    public const string Model = "model.onnx";

    /// <summary>A <see cref="RunResult"/>.</summary>
    public const string Result = "result.json";

    /// <summary>The scores of a cross-validation as far as it has come, a list of numbers.</summary>
    public const string CrossValidation = "cross-validation.json";

    /// <summary>A <see cref="BaselineComparison"/>.</summary>
    public const string Comparison = "comparison.json";

    /// <summary>The exported model as an MLflow model: a folder with <c>MLmodel</c>, the <c>.onnx</c> file and what an environment needs.</summary>
    public const string ModelFolder = "model";

    private const string CheckpointFolder = "checkpoints/";

    /// <summary>The checkpoint taken after <paramref name="step"/>; their names sort by step.</summary>
    public static string Checkpoint(long step) => $"{CheckpointFolder}step-{step:D12}.safetensors";

    public static bool IsCheckpoint(string path) => path.StartsWith(CheckpointFolder, StringComparison.Ordinal);

    /// <summary>Whether the platform writes that path of a run that it trains, so that clients must not.</summary>
    public static bool IsPlatforms(string path) =>
        path is Model or Result or CrossValidation or Comparison or "checkpoints" or ModelFolder || IsCheckpoint(path) || path.StartsWith($"{ModelFolder}/", StringComparison.Ordinal);
}
