using Mtl.Graph;

namespace Mtl.Learning.Architectures.Mtan;

/// <summary>
/// One shared encoder with states sʲ; each task attends to the features it needs of every layer:
/// <code>aₜʲ = σ(hₜʲ(relu(gₜʲ([sʲ, fʲ(aₜʲ⁻¹)])))) ⊙ sʲ   (without fʲ at the first layer),   ŷₜ = headₜ(aₜᴸ)</code>
/// gₜʲ and hₜʲ are linear over a state's features at each place (1×1 convolutions on images), a task's own; fʲ is one more copy of the encoder's layer j, which takes aₜʲ⁻¹ to the shape of sʲ and is shared by the
/// tasks, as in the authors' code. Their batch normalisation is left out: it would make a row's prediction depend on its batch.
/// Source: Liu, Johns and Davison, "End-to-End Multi-Task Learning with Attention", CVPR 2019.
/// </summary>
public sealed class MultiTaskAttentionNetwork(MultiTaskAttentionNetworkOptions options) : IArchitecture
{
    public IReadOnlyList<Node> Build(ArchitectureContext context)
    {
        var encoder = context.Encoder;
        var state = encoder.Stem(context.Shared.In("encoder"), context.Inputs);
        Node[] attended = [.. context.Heads.Select((_, task) => context.RowsOf(task, state))];
        for (var layer = 0; layer < encoder.Layers; layer++)
        {
            state = encoder.Layer(context.Shared.In("encoder"), context.Inputs, layer, state);
            for (var task = 0; task < attended.Length; task++)
            {
                var own = context.RowsOf(task, state);
                Node[] seen = layer == 0 ? [own] : [own, Carried(context, layer, task, attended[task])];
                attended[task] = Mask(context.Tasks[task].In($"attention{layer + 1}"), seen) * own;
            }
        }

        return [.. attended.Select((own, task) => context.BuildHead(task, own, options.HeadUnits))];
    }

    /// <summary>fʲ(aₜʲ⁻¹), with one set of parameters for all tasks.</summary>
    private static Node Carried(ArchitectureContext context, int layer, int task, Node attended)
    {
        var scope = context.Shared.In("carry");
        return context.Encoder.Layer(task == 0 ? scope : scope.Again(), context.InputsOf(task), layer, attended);
    }

    private static Node Mask(ModelScope scope, Node[] seen)
    {
        var width = (int)seen[0].Shape[^1].Value;
        var hidden = scope.In("hidden").Linear(seen.Concat(seen[0].Shape.Rank - 1), width, Initializers.He(width * seen.Length)).Relu();
        return scope.In("mask").Linear(hidden, width).Sigmoid();
    }
}
