namespace Mtl.Graph;

/// <summary>What makes a graph legal beyond each operator's own checks: a table of rules, each giving the complaint, or null when all is well.</summary>
public static class GraphRules
{
    private static readonly Func<ComputationGraph, string?>[] Rules =
    [
        g => g.Outputs.Count == 0 ? "A graph needs at least one output." : null,
        g => g.Outputs.FirstOrDefault(o => o.Name.Length == 0).Node is { } unnamed ? $"The output {unnamed} needs a name." : null,
        g => Repeated(g.Outputs.Select(o => o.Name)) is { } name ? $"Two outputs are called '{name}'; each needs a name of its own." : null,
        g => g.Inputs.FirstOrDefault(n => n.Op is not (Op.Input or Op.Parameter)) is { } wrong ? $"{wrong} is no input; allowed are inputs and parameters." : null,
        g => Repeated(Leaves(g).Select(n => n.Name!)) is { } name
            ? $"Two different inputs or parameters are called '{name}'; make one node for each name and use it everywhere."
            : null,
        g => Leaves(g).Select(n => n.Name!).Intersect(g.Outputs.Select(o => o.Name)).FirstOrDefault() is { } name
            ? $"'{name}' is the name of an input or parameter and of an output; rename the output."
            : null,
        g => Leaves(g).FirstOrDefault(n => g.Initializers.TryGetValue(n.Name!, out var v) && (v.ElementType != n.ElementType || !v.Shape.Equals(n.Shape))) is { } node
            ? $"{node} was given a value that is {g.Initializers[node.Name!]}; type and shape must be equal."
            : null,
        g => g.Initializers.Keys.Except(Leaves(g).Select(n => n.Name!)).Order(StringComparer.Ordinal).FirstOrDefault() is { } unused
            ? $"There is a value for '{unused}', but the outputs use no input or parameter of that name; allowed are {Names(g)}."
            : null,
    ];

    /// <exception cref="GraphException">The first rule that is broken.</exception>
    public static void Verify(ComputationGraph graph)
    {
        foreach (var rule in Rules)
        {
            if (rule(graph) is { } complaint) throw new GraphException(complaint);
        }
    }

    private static IEnumerable<Node> Leaves(ComputationGraph graph) =>
        graph.Inputs.Concat(Topology.Order(graph.Outputs.Select(o => o.Node)).Where(n => n.Name is not null)).Distinct();

    private static string Names(ComputationGraph graph) => string.Join(", ", Leaves(graph).Select(n => $"'{n.Name}'").Order(StringComparer.Ordinal));

    private static string? Repeated(IEnumerable<string> names) =>
        names.GroupBy(n => n, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1)?.Key;
}
