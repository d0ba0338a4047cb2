using Mtl.Graph;
using Mtl.Learning.Encoders;

namespace Mtl.Learning.Architectures.Mixture;

/// <summary>
/// A shared base, and behind it modules that a gate of each task mixes, row by row:
/// <code>b = layers 1 … L−1 of the encoder,   gₜ = softmax((Wₜ·b + cₜ)/τ),   ŷₜ = headₜ(Σₖ gₜₖ · moduleₖ(b))</code>
/// A module is a copy of the encoder's last layer; with an encoder of one layer the base is its stem. Base and modules are shared parameters, a gate is its task's own. Unlike MMoE, whose experts all start from the
/// inputs, the modules only tell apart what the base has found.
/// Source: seed document S3, (3), which names the parts; gates as in Jacobs, Jordan, Nowlan and Hinton, "Adaptive Mixtures of Local Experts", Neural Computation 1991.
/// </summary>
public sealed class MixtureNetwork(MixtureNetworkOptions options) : IArchitecture
{
    public IReadOnlyList<Node> Build(ArchitectureContext context)
    {
        var encoder = context.Encoder;
        var last = Math.Max(0, encoder.Layers - 1);
        var scope = context.Shared.In("encoder");
        var state = encoder.Continue(scope, context.Inputs, encoder.Stem(scope, context.Inputs), ..last);
        Node[] modules = [.. Enumerable.Range(1, options.Modules).Select(module => encoder.Continue(context.Shared.In($"module{module}"), context.Inputs, state, last..))];
        var input = Gate.Input(state);
        return
        [
            .. context.Heads.Select((_, task) =>
            {
                var gate = Gate.Softmax(context.Tasks[task].In("gate"), context.RowsOf(task, input), modules.Length, options.Temperature);
                return context.BuildHead(task, Gate.Mix(gate, [.. modules.Select(module => context.RowsOf(task, module))]), options.HeadUnits);
            }),
        ];
    }
}
