using Mtl.Graph;
using Mtl.Learning.Architectures;
using Mtl.Learning.State;
using Mtl.Runtime;

namespace Mtl.Learning.Classical.Features;

/// <summary>A learner that works in a feature space.</summary>
internal sealed class MappedLearner(FeatureSpace space, Learner inner) : Learner
{
    private const string Part = "features";

    public override bool IsSeparable => inner.IsSeparable;

    /// <summary>What the inner learner learns from.</summary>
    public static LearnerData Map(FeatureSpace space, LearnerData data) =>
        data with { Features = space.Map(data.Features, data.Features.Length / data.FeatureCount), FeatureCount = space.Width };

    public override IReadOnlyList<Node> Build(ArchitectureContext context) =>
        inner.Build(context with { Inputs = new ModelInputs(space.Build(context.Shared.In(Part), context.Inputs.Features!), null, []) });

    public override IFitting Begin() => new Fitting(space, inner.Begin());

    private sealed class Fitting(FeatureSpace space, IFitting inner) : IFitting
    {
        public IReadOnlyList<NamedTensor> State => inner.State;

        public int Stages => inner.Stages;

        public int MaximumIterations => inner.MaximumIterations;

        public string Describe(int stage) => inner.Describe(stage);

        public FitProgress Iterate(int stage, int iteration) => inner.Iterate(stage, iteration);

        public void Write(FlatBuffer parameters)
        {
            space.Write(parameters, $"shared/{Part}");
            inner.Write(parameters);
        }
    }
}
