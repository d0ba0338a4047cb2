namespace Mtl.Tracking.People;

/// <summary>Kinds of things that grants are kept for, as <see cref="Grant.Kind"/> names them. Runs and logged models go with their experiment.</summary>
public static class Things
{
    public const string Experiment = "experiment";
    public const string Model = "model";
    public const string Dataset = "dataset";

    public static IReadOnlyList<string> All { get; } = [Experiment, Model, Dataset];
}
