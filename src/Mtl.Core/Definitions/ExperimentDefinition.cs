using Mtl.Core.Catalogue;

namespace Mtl.Core.Definitions;

/// <summary>
/// Everything that decides what a run computes. The same document in YAML (command line), JSON (API, store) and the dashboard's forms.
/// </summary>
/// <param name="Name">Shown everywhere; unique among the experiments that are not deleted; 1 to 200 characters.</param>
/// <param name="Data">The table.</param>
/// <param name="Tasks">At least one.</param>
public sealed record ExperimentDefinition(string Name, DataDefinition Data, IReadOnlyList<TaskDefinition> Tasks)
{
    public string Description { get; init; } = "";

    public InputsDefinition Inputs { get; init; } = new();

    public SplitDefinition Split { get; init; } = new();

    public PreprocessingDefinition Preprocessing { get; init; } = new();

    /// <summary>What learns: <c>network</c> trains architecture, encoder, weighting and optimizer by gradient descent; the others are classical methods with solvers of their own, to which those four say nothing.</summary>
    public Choice Learner { get; init; } = new(Learners.Network);

    /// <summary>What a classical learner sees the preprocessed columns as; <c>plain</c> for as they are.</summary>
    public Choice FeatureSpace { get; init; } = new(Learners.PlainFeatures);

    public Choice Architecture { get; init; } = new("hps");

    public Choice Encoder { get; init; } = new("mlp");

    public Choice Weighting { get; init; } = new("ew");

    public Choice Optimizer { get; init; } = new("adam");

    /// <summary>What the objective has beside the tasks' losses: any mix of regularisers.</summary>
    public IReadOnlyList<Choice> Regularizers { get; init; } = [];

    public TrainingDefinition Training { get; init; } = new();

    /// <summary>Start from the shared parameters of an earlier model; null to start anew.</summary>
    public TransferDefinition? Transfer { get; init; }

    /// <summary>Choose options by cross-validation on the training rows first; null for none.</summary>
    public CrossValidationDefinition? CrossValidation { get; init; }

    /// <summary>Train single-task baselines beside the first multi-task run, for Δm.</summary>
    public bool Baselines { get; init; } = true;
}
