namespace Mtl.Core.Catalogue;

/// <summary>The part of an experiment that a catalogue entry can fill.</summary>
public enum MethodKind
{
    Architecture,
    Encoder,
    Tokenizer,
    Fusion,
    Weighting,
    Optimizer,
    Schedule,
    Regularizer,
    Loss,
    Metric,
    Learner,
    FeatureSpace,
}
