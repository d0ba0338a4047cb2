using Mtl.Graph;

namespace Mtl.Learning.Architectures.Ple;

/// <summary>
/// Levels of experts, one for each layer of the encoder (an expert of level j is a copy of layer j). With xₜʲ a task's state after level j and xₛʲ the shared one, both the encoder's stem before the first level:
/// <code>
/// xₜʲ = Σₖ softmax(Wₜʲ·xₜʲ⁻¹)ₖ · eₖ,   e over the task's own experts of xₜʲ⁻¹ and the shared experts of xₛʲ⁻¹
/// xₛʲ = Σₖ softmax(Wₛʲ·xₛʲ⁻¹)ₖ · eₖ,   e over all tasks' experts and the shared experts (not at the last level)
/// ŷₜ = headₜ(xₜᴸ)
/// </code>
/// What reaches other tasks through the shared gates is shared: all experts before the last level, and the tasks' gates before the last but one. The last level's own experts are their task's. With an encoder of
/// one layer this is CGC.
/// Source: Tang et al., "Progressive Layered Extraction (PLE): A Novel Multi-Task Learning (MTL) Model for Personalized Recommendations", RecSys 2020, section 4.2.
/// </summary>
public sealed class ProgressiveLayeredExtraction(ProgressiveLayeredExtractionOptions options) : IArchitecture
{
    public IReadOnlyList<Node> Build(ArchitectureContext context)
    {
        var (encoder, last) = (context.Encoder, context.Encoder.Layers - 1);
        var shared = encoder.Stem(context.Shared.In("encoder"), context.Inputs);
        Node[] tasks = [.. context.Heads.Select(_ => shared)];
        for (var level = 0; level < last; level++)
        {
            var scope = context.Shared.In($"level{level + 1}");
            var own = tasks.Select((state, task) => Experts(context, scope.In(context.Heads[task].Task), context.Inputs, level, state, options.TaskExperts)).ToArray();
            var common = Experts(context, scope, context.Inputs, level, shared, options.SharedExperts);
            for (var task = 0; task < tasks.Length; task++)
            {
                // Behind the last shared gate, a task's gate reaches no other task.
                var gates = level < last - 1 ? scope.In(context.Heads[task].Task) : context.Tasks[task].In($"level{level + 1}");
                tasks[task] = Mixed(gates, tasks[task], [.. own[task], .. common]);
            }

            shared = Gate.Mix(SharedGate(context, scope.In("gate"), Gate.Input(shared)), [.. own.SelectMany(experts => experts), .. common]);
        }

        var final = last < 0 ? [] : Experts(context, context.Shared.In($"level{last + 1}"), context.Inputs, last, shared, options.SharedExperts);
        return [.. tasks.Select((state, task) => context.BuildHead(task, Last(context, task, context.RowsOf(task, state), final), options.HeadUnits))];
    }

    private Node Last(ArchitectureContext context, int task, Node state, Node[] shared)
    {
        if (shared.Length == 0)
            return state;
        var scope = context.Tasks[task].In($"level{context.Encoder.Layers}");
        var own = Experts(context, scope, context.InputsOf(task), context.Encoder.Layers - 1, state, options.TaskExperts);
        return Mixed(scope, state, [.. own, .. shared.Select(expert => context.RowsOf(task, expert))]);
    }

    /// <summary>The weights of all tasks' experts and the shared ones; each task's part has parameters of its own, so that they do not depend on the tasks' order.</summary>
    private Node SharedGate(ArchitectureContext context, ModelScope scope, Node input)
    {
        var ofTasks = context.Heads.Select(head => scope.In("of").In(head.Task).Linear(input, options.TaskExperts));
        return ofTasks.Append(scope.Linear(input, options.SharedExperts)).ToArray().Concat(1).Softmax();
    }

    private static Node[] Experts(ArchitectureContext context, ModelScope scope, ModelInputs inputs, int level, Node state, int count) =>
        [.. Enumerable.Range(1, count).Select(expert => context.Encoder.Layer(scope.In($"expert{expert}"), inputs, level, state))];

    private static Node Mixed(ModelScope scope, Node selector, IReadOnlyList<Node> experts) => Gate.Mix(Gate.Softmax(scope.In("gate"), Gate.Input(selector), experts.Count), experts);
}
