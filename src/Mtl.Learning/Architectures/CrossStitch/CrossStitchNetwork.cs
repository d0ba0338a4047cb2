using Mtl.Graph;

namespace Mtl.Learning.Architectures.CrossStitch;

/// <summary>
/// A network for each task; after every layer a unit gives each network a learned linear mixture of all networks' states sᵢ of that layer:
/// <code>s̃ᵢ = Σⱼ αᵢⱼ·sⱼ,   αᵢᵢ = 0.9 and αᵢⱼ = 0.1/(T − 1) at the start,   ŷₜ = headₜ(s̃ₜ)</code>
/// All networks and units are shared parameters, because each task's loss reaches them through the units: balancers combine their gradients, and one epoch is kept for all tasks. The stem (embeddings) is one
/// for all networks. α is one matrix per layer; the source also tries one per channel, and trains α with a higher rate than the rest, which is not done here.
/// Source: Misra et al., "Cross-stitch Networks for Multi-task Learning", CVPR 2016.
/// </summary>
public sealed class CrossStitchNetwork(CrossStitchNetworkOptions options) : IArchitecture
{
    public IReadOnlyList<Node> Build(ArchitectureContext context)
    {
        var (encoder, tasks) = (context.Encoder, context.Heads.Count);
        var stem = encoder.Stem(context.Shared.In("encoder"), context.Inputs);
        IReadOnlyList<Node> states = [.. Enumerable.Repeat(stem, tasks)];
        for (var layer = 0; layer < encoder.Layers; layer++)
        {
            Node[] own = [.. states.Select((state, task) => encoder.Layer(context.Shared.In($"network/{context.Heads[task].Task}"), context.Inputs, layer, state))];
            states = tasks == 1 ? own : Mixed(context, Unit(context.Shared.In($"stitch{layer + 1}"), context.Heads), own, isLast: layer == encoder.Layers - 1);
        }

        return [.. states.Select((state, task) => context.BuildHead(task, context.RowsOf(task, state), options.HeadUnits))];
    }

    /// <summary>After the last layer a task looks at its own mixture alone, so where it has rows of its own, those are mixed and no others.</summary>
    private static IReadOnlyList<Node> Mixed(ArchitectureContext context, Node unit, IReadOnlyList<Node> states, bool isLast)
    {
        if (!isLast || context.Rows is null)
            return LinearMix.Of(unit, states);
        var stacked = LinearMix.Stacked(states);
        return [.. LinearMix.RowsOf(unit).Select((weights, task) => LinearMix.Of(weights, context.RowsOf(task, stacked), states[0].Shape))];
    }

    private Node Unit(ModelScope scope, IReadOnlyList<Head> heads) => scope.Parameter("weight", [heads.Count, heads.Count], (values, _) =>
    {
        values.Fill((float)((1 - options.OwnShare) / (heads.Count - 1)));
        for (var task = 0; task < heads.Count; task++)
            values[(task * heads.Count) + task] = (float)options.OwnShare;
    });
}
