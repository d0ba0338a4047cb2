using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;

namespace Mtl.Tracking.Runs;

/// <summary>Which single-task run a multi-task run is compared with.</summary>
public static class Baselines
{
    /// <summary>The regularisers that join parameters of several tasks.</summary>
    public static IReadOnlyList<string> TyingRegularizers { get; } = ["l21", "trace", "mean", "laplacian"];

    /// <summary>
    /// The definition of the baseline of <paramref name="definition"/>: independent single-task models on the same data, split, preprocessing, encoder, optimizer and training
    /// options (but for those of shared gradients and parameters, which it has none of, and for regularisers that tie tasks together). Classical methods all have one ridge regression per task, which
    /// chooses its strength on the validation rows. Runs with equal baseline definitions share one baseline.
    /// </summary>
    public static ExperimentDefinition DefinitionFor(ExperimentDefinition definition)
    {
        var baseline = definition with
        {
            Name = "Baseline",
            Description = "",
            Architecture = new Choice("stl"),
            Weighting = new Choice("ew"),
            Transfer = null,
            Regularizers = [.. definition.Regularizers.Where(regularizer => !TyingRegularizers.Contains(regularizer.Key))],
            Training = definition.Training with { Gradients = SharedGradients.Parameters, AnalysisEvery = 0 },
            CrossValidation = null,
            Baselines = false,
        };
        return definition.IsNetwork() ? baseline : baseline with { Learner = new Choice(Learners.Baseline), FeatureSpace = new Choice(Learners.PlainFeatures), Encoder = new Choice("mlp"), Optimizer = new Choice("adam") };
    }

    /// <summary>
    /// The baseline among <paramref name="runs"/> that a run of <paramref name="definition"/> is compared with: the newest of its definition that has not failed or been cancelled. Definitions are compared by
    /// what counts for a baseline, so that one stored before an option existed still counts.
    /// </summary>
    public static Run? Of(ExperimentDefinition definition, IEnumerable<Run> runs)
    {
        var wanted = DefinitionJson.Write(DefinitionFor(definition));
        return runs
            .Where(run => run.Kind == RunKind.Baseline && run.Status is not (RunStatus.Failed or RunStatus.Cancelled) && DefinitionJson.Write(DefinitionFor(run.Plan)) == wanted)
            .MaxBy(run => run.CreatedAt);
    }
}
