using Mtl.Core;
using Mtl.Graph;

namespace Mtl.Learning.Architectures;

/// <summary>
/// Where a model's shared part ends: the values that are computed from shared parameters and nothing of a single task, that all tasks use, and that meet a task's own part. For an encoder with heads that is
/// the encoder's last state; for experts behind the tasks' gates it is every expert's output.
/// </summary>
internal static class Representation
{
    /// <summary>The nodes of the representation; an error where the shared parameters do not all lie before it, so that no gradient of it could reach them whole.</summary>
    public static Result<IReadOnlyList<Node>> Of(Model model)
    {
        var order = Topology.Order(model.Outputs).Where(node => node.IsFloating).ToArray();
        var shared = Above(order, model.Parameters.Where(parameter => parameter.Task is null));
        var own = Above(order, model.Parameters.Where(parameter => parameter.Task is not null));
        var uses = new Dictionary<Node, int>();
        foreach (var output in model.Outputs)
            foreach (var node in Below(output))
                uses[node] = uses.GetValueOrDefault(node) + 1;
        bool IsTrunk(Node node) => shared.Contains(node) && !own.Contains(node) && uses.GetValueOrDefault(node) == model.Outputs.Count;

        var consumers = order.SelectMany(node => node.Inputs.Where(input => input.IsFloating).Select(input => (Input: input, Node: node))).ToLookup(edge => edge.Input, edge => edge.Node);
        Node[] representation = [.. order.Where(node => IsTrunk(node) && (model.Outputs.Contains(node) || consumers[node].Any(consumer => !IsTrunk(consumer))))];
        var beside = model.Parameters.FirstOrDefault(parameter => parameter.Task is null && (!IsTrunk(parameter.Node) || representation.Contains(parameter.Node)));
        return (model.SharedLength, beside) switch
        {
            (0, _) => Refused("this architecture shares no parameters"),
            (_, { } parameter) => Refused($"in this architecture the shared parameter '{parameter.Name}' lies beside or behind the tasks' own parameters"),
            _ => representation,
        };
    }

    private static Error Refused(string reason) => Error.Invalid(
        $"Gradients of the representation need one that all tasks share, and {reason}.",
        "Set training.gradients to 'parameters', or take an architecture whose shared part ends where the tasks' own parts begin, as 'hps' does.",
        "training.gradients");

    /// <summary>The parameters and all that is computed from them.</summary>
    private static HashSet<Node> Above(IEnumerable<Node> order, IEnumerable<ParameterSpec> parameters)
    {
        HashSet<Node> found = [.. parameters.Select(parameter => parameter.Node)];
        foreach (var node in order)
            if (node.Inputs.Any(found.Contains))
                found.Add(node);
        return found;
    }

    /// <summary>The output and all that it is computed from through floating-point values, which alone carry gradients.</summary>
    private static HashSet<Node> Below(Node output)
    {
        HashSet<Node> found = [output];
        foreach (var node in Topology.Order([output]).Reverse())
            if (found.Contains(node))
                found.UnionWith(node.Inputs.Where(input => input.IsFloating));
        return found;
    }
}
