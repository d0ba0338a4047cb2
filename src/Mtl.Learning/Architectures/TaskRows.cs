using Mtl.Graph;

namespace Mtl.Learning.Architectures;

/// <summary>
/// Which rows of a batch are whose, in a problem where tasks do not share rows: the batch is ordered by groups of rows, and each task uses those of one group. A task's part of a node is an
/// output of one Split, made once for each node, so its gradient is one Concat.
/// </summary>
/// <param name="sizes">Rows of each group in the batch, an input int64 [groups]; at least one each.</param>
/// <param name="groupOf">By task: its group.</param>
/// <param name="memberOf">By task: its place among the tasks of its group.</param>
public sealed class TaskRows(Node sizes, IReadOnlyList<int> groupOf, IReadOnlyList<int> memberOf)
{
    private static readonly Dimension Batch = "batch";

    private readonly Dictionary<Node, IReadOnlyList<Node>> parts = [];

    /// <summary>The task's rows of a node over the whole batch; a node that has no others is given back as it is.</summary>
    public Node Of(int task, Node node) => node.Shape.Rank > 0 && node.Shape[0] == Batch ? PartsOf(node)[groupOf[task]] : node;

    /// <summary>The floating-point nodes over the whole batch that tasks have taken their rows of, in the order in which that was.</summary>
    public IReadOnlyList<Node> Divided => [.. parts.Keys.Where(node => node.IsFloating)];

    /// <summary>Most tasks of one group.</summary>
    internal int Members => memberOf.Max() + 1;

    /// <summary>By group, the task at a place in it; −1 where the group has fewer.</summary>
    internal int[] TasksAt(int member)
    {
        var tasks = new int[groupOf.Max() + 1];
        Array.Fill(tasks, -1);
        foreach (var task in Enumerable.Range(0, groupOf.Count).Where(task => memberOf[task] == member))
            tasks[groupOf[task]] = task;
        return tasks;
    }

    /// <summary>The groups' rows of a node over the whole batch.</summary>
    internal IReadOnlyList<Node> PartsOf(Node node) => parts.TryGetValue(node, out var known) ? known : parts[node] = node.Split(0, sizes);

    /// <summary>The task's rows of the inputs.</summary>
    public ModelInputs Of(int task, ModelInputs inputs) => inputs.Select(node => Of(task, node));

    /// <summary>Whether a tensor of this shape has some of the batch's rows only.</summary>
    internal static bool IsPart(Shape shape) => shape.Rank > 0 && !shape[0].IsKnown && shape[0] != Batch;

    /// <summary>The rows of a node over the whole batch that a tensor of this shape has.</summary>
    internal Node PartLike(Shape shape, Node whole) => PartsOf(whole).First(part => part.Shape[0] == shape[0]);

    /// <summary>A shape of the task's rows as that of the whole batch.</summary>
    internal static Shape WholeOf(Shape shape) => shape.With(0, Batch);

    /// <summary>A name that tasks without common rows have in common, but not those of one group.</summary>
    internal string CommonName(int task, string path) => $"tasks{memberOf[task]}{path}";
}
