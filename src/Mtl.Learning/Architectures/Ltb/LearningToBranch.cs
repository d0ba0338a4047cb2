using Mtl.Core.Random;
using Mtl.Graph;

namespace Mtl.Learning.Architectures.Ltb;

/// <summary>
/// Learns the tree that the tasks share: every layer of the encoder has several nodes (copies of it), each node of the next layer chooses the one it takes its input from, and each task the node of the last
/// layer. In training the choice is relaxed by a Gumbel softmax, one draw per step:
/// <code>
/// d = softmax((θ + Gumbel noise)/τ) over the parents,   input of node j = Σᵢ dⱼᵢ · stateᵢ
/// τ = ∞ (all parents alike) for the warm-up's epochs, then from τ₀ geometrically to τ₁
/// </code>
/// Evaluation and export take the parent with the largest θ, so a validation curve shows the tree as it would be served; before the temperature has fallen it says little. Nodes and their choices are shared, as all
/// tasks can reach them; a task's choice is its own. The source then trains the found tree anew, and updates θ by turns with the rest; here both are trained together and the tree is used as it is. The schedule of τ
/// is ours.
/// Source: Guo, Lee and Ulbricht, "Learning to Branch for Multi-Task Learning", ICML 2020.
/// </summary>
public sealed class LearningToBranch(LearningToBranchOptions options) : IArchitecture
{
    public IReadOnlyList<Node> Build(ArchitectureContext context)
    {
        var encoder = context.Encoder;
        var width = options.Nodes > 0 ? options.Nodes : context.Heads.Count;
        IReadOnlyList<Node> states = [encoder.Stem(context.Shared.In("encoder"), context.Inputs)];
        for (var layer = 0; layer < encoder.Layers; layer++)
        {
            var inputs = Branch(context.Shared.In($"branch{layer + 1}"), width, states);
            states = [.. inputs.Select((input, node) => encoder.Layer(context.Shared.In($"node{node + 1}"), context.Inputs, layer, input))];
        }

        return
        [
            .. context.Heads.Select((_, task) =>
            {
                Node[] rows = [.. states.Select(state => context.RowsOf(task, state))];
                return context.BuildHead(task, Branch(context.Tasks[task].In("branch"), 1, rows)[0], options.HeadUnits);
            }),
        ];
    }

    /// <summary>What each child takes of its parents.</summary>
    private IReadOnlyList<Node> Branch(ModelScope scope, int children, IReadOnlyList<Node> parents)
    {
        if (parents.Count == 1)
            return [.. Enumerable.Repeat(parents[0], children)];
        var preference = scope.Parameter("weight", [children, parents.Count], Initializers.Zeros);
        if (scope.StepValue("gumbel", "branching", preference.Shape, (values, random, _) => Gumbel(values, random)) is not { } noise)
            return LinearMix.Pick(preference.ArgMax(), parents);
        var sharpness = scope.StepValue("sharpness", "branching", Shape.Scalar, (values, _, moment) => values[0] = (float)Sharpness(moment.Epochs))!;
        return LinearMix.Of(((preference + noise) * sharpness).Softmax(), parents);
    }

    /// <summary>1/τ after so many epochs; 0 in the warm-up.</summary>
    internal double Sharpness(double epochs)
    {
        if (epochs < options.WarmupEpochs)
            return 0;
        var progress = Math.Min(1, (epochs - options.WarmupEpochs) / options.AnnealEpochs);
        return 1 / (options.InitialTemperature * Math.Pow(options.FinalTemperature / options.InitialTemperature, progress));
    }

    /// <summary>−log(−log u), u uniform in (0, 1).</summary>
    private static void Gumbel(Span<float> values, CounterRandom random)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)-Math.Log(-Math.Log(random.Double((ulong)i) + 1e-20));
    }
}
