using Mtl.Learning.Architectures;

namespace Mtl.Learning.Regularizers;

/// <summary>A model's weights as regularisers see them: matrices and kernels, never biases and other vectors.</summary>
public sealed class RegularizedWeights
{
    private readonly ParameterSpec[] weights;

    /// <param name="parameters">All parameters of a model.</param>
    /// <param name="tasks">The number of tasks.</param>
    public RegularizedWeights(IEnumerable<ParameterSpec> parameters, int tasks)
    {
        weights = [.. parameters.Where(parameter => parameter.Shape.Length > 1)];
        Heads = [.. weights.Where(weight => weight.Task is not null && weight.Name.EndsWith("/head/output/weight", StringComparison.Ordinal)).OrderBy(weight => weight.Task)];
        Corresponding =
        [
            .. weights.Where(weight => weight.Task is not null)
                .GroupBy(weight => (Suffix(weight.Name), string.Join(',', weight.Shape)))
                .Select(group => group.OrderBy(weight => weight.Task).ToArray())
                .Where(group => group.Length == tasks && tasks > 1),
        ];
    }

    /// <summary>
    /// The last layer of each task's head, [h, outputs]: side by side they are the task matrix W, [h, Σ outputs], whose rows are the representation's features (the inputs themselves with
    /// encoder <c>mlp</c> of no widths) and whose columns are the tasks' outputs.
    /// </summary>
    public IReadOnlyList<ParameterSpec> Heads { get; }

    /// <summary>The tasks' own weights that correspond to each other: of the same name and shape in every task, in the tasks' order.</summary>
    public IReadOnlyList<ParameterSpec[]> Corresponding { get; }

    /// <summary>The single weights' matrices.</summary>
    public IEnumerable<ParameterSpec> Of(RegularizedPart part) => weights.Where(weight => part == RegularizedPart.All || (weight.Task is null) == (part == RegularizedPart.Shared));

    /// <summary>What follows <c>task/name/</c>.</summary>
    private static string Suffix(string name) => name[(name.IndexOf('/', name.IndexOf('/', StringComparison.Ordinal) + 1) + 1)..];
}
