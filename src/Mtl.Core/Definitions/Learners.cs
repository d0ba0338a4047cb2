namespace Mtl.Core.Definitions;

/// <summary>What follows from a definition's learner.</summary>
public static class Learners
{
    /// <summary>The learner that trains a neural network.</summary>
    public const string Network = "network";

    /// <summary>Single-task ridge regression (logistic for classes): what the other classical learners are compared with.</summary>
    public const string Baseline = "ridge";

    /// <summary>The feature space that changes nothing.</summary>
    public const string PlainFeatures = "plain";

    /// <summary>Whether architecture, encoder, weighting and optimizer count; a classical method learns otherwise.</summary>
    public static bool IsNetwork(this ExperimentDefinition definition) => definition.Learner.Key == Network;

    /// <summary>The methods that tell a run from others of its experiment, as shown: <c>hps · uw · adam</c>, or the classical learner.</summary>
    public static string MethodKeys(this ExperimentDefinition definition) => definition.IsNetwork()
        ? $"{definition.Architecture.Key} · {definition.Weighting.Key} · {definition.Optimizer.Key}"
        : definition.FeatureSpace.Key == PlainFeatures ? definition.Learner.Key : $"{definition.Learner.Key} · {definition.FeatureSpace.Key}";
}
