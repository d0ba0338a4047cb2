using Mtl.Graph;
using Mtl.Learning.Encoders;

namespace Mtl.Learning.Architectures.Mmoe;

/// <summary>
/// Experts shared by all tasks, mixed for each task by its own gate, row by row:
/// <code>gₜ(x) = softmax(Wₜ·x₀ + bₜ),   ŷₜ = headₜ(Σₖ gₜ(x)ₖ · expertₖ(x₀))</code>
/// x₀ is the encoder's stem (joined features, embedded tokens, an image), which is one for all; an expert is a copy of the encoder's layers. Experts are shared parameters, a gate is its task's own.
/// Source: Ma et al., "Modeling Task Relationships in Multi-task Learning with Multi-gate Mixture-of-Experts", KDD 2018.
/// </summary>
public sealed class MultiGateMixtureOfExperts(MultiGateMixtureOfExpertsOptions options) : IArchitecture
{
    public IReadOnlyList<Node> Build(ArchitectureContext context)
    {
        var encoder = context.Encoder;
        var stem = encoder.Stem(context.Shared.In("encoder"), context.Inputs);
        Node[] experts = [.. Enumerable.Range(1, options.Experts).Select(expert => encoder.Continue(context.Shared.In($"expert{expert}"), context.Inputs, stem, ..))];
        var input = Gate.Input(stem);
        return
        [
            .. context.Heads.Select((_, task) =>
            {
                var gate = Gate.Softmax(context.Tasks[task].In("gate"), context.RowsOf(task, input), experts.Length);
                return context.BuildHead(task, Gate.Mix(gate, [.. experts.Select(expert => context.RowsOf(task, expert))]), options.HeadUnits);
            }),
        ];
    }
}
