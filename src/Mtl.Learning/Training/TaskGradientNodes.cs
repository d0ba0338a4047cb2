using Mtl.Graph;
using Mtl.Graph.Autodiff;
using Mtl.Learning.Architectures;

namespace Mtl.Learning.Training;

/// <summary>
/// Every task's gradient as nodes: of the shared parameters, and of its own where they are wanted. Where tasks share rows, that is a backward walk for each task. Where each has rows of its own, a task's walk ends at
/// what it takes of the whole batch, and one walk over the batch takes all of them on at once (<see cref="PartwiseGradient"/>), unless the shared part lets rows meet.
/// </summary>
internal static class TaskGradientNodes
{
    /// <param name="inputs">The losses and their model.</param>
    /// <param name="parametersOf">What a task's gradient is of: all shared parameters, and any of its own.</param>
    /// <returns>By task, a node for each of its parameters.</returns>
    public static IReadOnlyList<IReadOnlyList<Node>> Of(StepInputs inputs, Func<int, IReadOnlyList<ParameterSpec>> parametersOf) =>
        (inputs.Rows is { } rows ? OfOwnRows(inputs, rows, parametersOf) : null)
        ?? [.. inputs.Losses.Select((loss, task) => Gradient.Of(loss, [.. parametersOf(task).Select(parameter => parameter.Node)]))];

    private static IReadOnlyList<IReadOnlyList<Node>>? OfOwnRows(StepInputs inputs, TaskRows rows, Func<int, IReadOnlyList<ParameterSpec>> parametersOf)
    {
        Node[] whole = [.. DependentOn(inputs.Model.Parameters, rows.Divided)];
        Node[] before = [.. Topology.Order(whole).Intersect(inputs.Model.Parameters.Select(parameter => parameter.Node))];
        var placeBefore = before.Index().ToDictionary(entry => entry.Item, entry => entry.Index);
        var near = inputs.Losses.Select((loss, task) =>
        {
            Node[] parts = [.. whole.Select(node => rows.Of(task, node))];
            return Gradient.Pullback([loss], [loss.Like(1)], [.. parts, .. parametersOf(task).Select(parameter => parameter.Node)], given: parts);
        }).ToArray();

        var far = new Dictionary<int, IReadOnlyList<Node?>>();
        for (var member = 0; member < rows.Members; member++)
        {
            var tasks = rows.TasksAt(member);
            Node[] reached = [.. whole.Where((_, at) => tasks.Any(task => task >= 0 && near[task][at] is not null))];
            if (reached.Length == 0)
                continue;
            Node Arriving(Node node)
            {
                var at = Array.IndexOf(whole, node);
                return rows.PartsOf(node).Select((part, group) => (tasks[group] < 0 ? null : near[tasks[group]][at]) ?? part.ZerosLike()).ToArray().Concat(0);
            }

            if (PartwiseGradient.Pullback(reached, [.. reached.Select(Arriving)], before, rows.PartsOf) is not { } byGroup)
                return null;
            foreach (var (group, task) in tasks.Index().Where(entry => entry.Item >= 0))
                far[task] = byGroup[group];
        }

        return
        [
            .. near.Select((gradients, task) => parametersOf(task).Select((parameter, at) =>
            {
                var own = gradients[whole.Length + at];
                var ofBatch = placeBefore.TryGetValue(parameter.Node, out var place) && far.TryGetValue(task, out var found) ? found[place] : null;
                return (own, ofBatch) switch
                {
                    (null, null) => parameter.Node.ZerosLike(),
                    ({ } one, null) => one,
                    (null, { } one) => one,
                    ({ } a, { } b) => a + b,
                };
            }).ToArray()),
        ];
    }

    private static IEnumerable<Node> DependentOn(IReadOnlyList<ParameterSpec> parameters, IReadOnlyList<Node> nodes)
    {
        HashSet<Node> found = [.. parameters.Select(parameter => parameter.Node)];
        foreach (var node in Topology.Order(nodes).Where(node => node.Inputs.Any(found.Contains)))
            found.Add(node);
        return nodes.Where(found.Contains);
    }
}
