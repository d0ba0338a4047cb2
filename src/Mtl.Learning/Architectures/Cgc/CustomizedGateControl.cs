using Mtl.Graph;
using Mtl.Learning.Encoders;

namespace Mtl.Learning.Architectures.Cgc;

/// <summary>
/// Experts shared by all tasks and experts of each task alone; a task's gate mixes the shared ones and its own, row by row:
/// <code>gₜ(x) = softmax(Wₜ·x₀ + bₜ),   ŷₜ = headₜ(Σₖ gₜ(x)ₖ · eₖ(x₀)),   e over the task's own and the shared experts</code>
/// x₀ is the encoder's stem, one for all; an expert is a copy of the encoder's layers. Own experts and gates are their task's parameters, so balancers combine only the shared experts' gradients (and the stem's).
/// Source: Tang et al., "Progressive Layered Extraction (PLE): A Novel Multi-Task Learning (MTL) Model for Personalized Recommendations", RecSys 2020, section 4.1.
/// </summary>
public sealed class CustomizedGateControl(CustomizedGateControlOptions options) : IArchitecture
{
    public IReadOnlyList<Node> Build(ArchitectureContext context)
    {
        var encoder = context.Encoder;
        var stem = encoder.Stem(context.Shared.In("encoder"), context.Inputs);
        Node[] shared = [.. Enumerable.Range(1, options.SharedExperts).Select(expert => encoder.Continue(context.Shared.In($"expert{expert}"), context.Inputs, stem, ..))];
        var input = Gate.Input(stem);
        return
        [
            .. context.Heads.Select((_, task) =>
            {
                var (scope, inputs, own) = (context.Tasks[task], context.InputsOf(task), context.RowsOf(task, stem));
                Node[] experts =
                [
                    .. Enumerable.Range(1, options.TaskExperts).Select(expert => encoder.Continue(scope.In($"expert{expert}"), inputs, own, ..)),
                    .. shared.Select(expert => context.RowsOf(task, expert)),
                ];
                var gate = Gate.Softmax(scope.In("gate"), context.RowsOf(task, input), experts.Length);
                return context.BuildHead(task, Gate.Mix(gate, experts), options.HeadUnits);
            }),
        ];
    }
}
