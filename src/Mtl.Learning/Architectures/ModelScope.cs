using Mtl.Graph;

namespace Mtl.Learning.Architectures;

/// <summary>
/// A named part of a model under construction, from which layers take their parameters. A scope belongs to all tasks or to one, and with it every parameter made in it:
/// that alone decides what a gradient balancer combines and which parameters early stopping keeps together.
/// </summary>
public sealed class ModelScope
{
    /// <summary>What the names of all shared parameters begin with.</summary>
    internal const string SharedPrefix = "shared/";

    private readonly ModelParts parts;
    private readonly string path;
    private readonly string origin;
    private readonly int? task;
    private readonly bool isAgain;

    internal ModelScope(ModelParts parts, string path, int? task)
        : this(parts, path, path, task, isAgain: false)
    {
    }

    private ModelScope(ModelParts parts, string path, string origin, int? task, bool isAgain) =>
        (this.parts, this.path, this.origin, this.task, this.isAgain) = (parts, path, origin, task, isAgain);

    /// <summary>The parameters made in this part so far, those of its parts included, in the order they were made.</summary>
    public IReadOnlyList<ParameterSpec> Parameters => [.. parts.Parameters.Where(parameter => parameter.Name.StartsWith($"{path}/", StringComparison.Ordinal))];

    /// <summary>A part of this part.</summary>
    public ModelScope In(string name) => new(parts, $"{path}/{name}", $"{origin}/{name}", task, isAgain);

    /// <summary>This part with its random initial values drawn under another name: parts of one origin that are built alike start out equal.</summary>
    public ModelScope StartingAs(string name) => new(parts, path, name, task, isAgain);

    /// <summary>This part once more: what is built in it takes the parameters, and the step values, that were made before under the same names, so one layer can be applied to several states.</summary>
    public ModelScope Again() => new(parts, path, origin, task, isAgain: true);

    /// <summary>A trained tensor; its name is unique within the scope. In a model with a frozen trunk, the fixed value where the trunk has one.</summary>
    public Node Parameter(string name, Shape shape, Initializer initializer)
    {
        var full = $"{path}/{name}";
        if (parts.Frozen.TryGetValue(full, out var value))
            return Node.Constant(value);
        if (isAgain)
            return parts.Parameters.First(parameter => parameter.Name == full && parameter.Node.Shape.Equals(shape)).Node;
        var node = Node.Parameter(full, shape);
        parts.Parameters.Add(new ParameterSpec(full, task, node, initializer) { Origin = $"{origin}/{name}" });
        return node;
    }

    /// <summary>x·W + b: [batch, n] → [batch, outputs].</summary>
    public Node Linear(Node x, int outputs, Initializer? weight = null, Initializer? bias = null)
    {
        var inputs = (int)x.Shape[^1].Value;
        var w = Parameter("weight", [inputs, outputs], weight ?? Initializers.Glorot(inputs, outputs));
        var b = Parameter("bias", [outputs], bias ?? Initializers.Zeros);
        return x.Dense(w, b);
    }

    /// <summary>
    /// Inverted dropout: in training x·mask with the mask given for each step; the identity in evaluation and export.
    /// Source: Srivastava et al., "Dropout: A Simple Way to Prevent Neural Networks from Overfitting", 2014.
    /// </summary>
    public Node Dropout(Node x, double rate)
    {
        if (!parts.Training || rate == 0)
            return x;
        var kept = 1 - rate;
        return x * StepValue("dropout", "dropout", x.Shape, (values, random, _) => random.FillMask(values, kept, (float)(1 / kept)))!;
    }

    /// <summary>
    /// A value that each training step fills anew; null in a model for evaluation, where nothing depends on steps or chance. Tasks that each have rows of their own take theirs of one value.
    /// </summary>
    /// <param name="name">Unique within the scope.</param>
    /// <param name="purpose">With the name, what tells its random numbers from others' of the same seed.</param>
    /// <param name="shape">[batch, …] or known.</param>
    /// <param name="fill">Writes the values, without allocating.</param>
    public Node? StepValue(string name, string purpose, Shape shape, StepFill fill)
    {
        if (!parts.Training)
            return null;
        if (parts.Rows is { } rows && TaskRows.IsPart(shape))
        {
            var common = task is { } owner ? rows.CommonName(owner, path[path.IndexOf('/', "task/".Length)..]) : path;
            return rows.PartLike(shape, parts.Again($"{common}/{name}", TaskRows.WholeOf(shape)) ?? parts.Add($"{common}/{name}", purpose, TaskRows.WholeOf(shape), fill));
        }

        return (isAgain ? parts.Again($"{path}/{name}", shape) : null) ?? parts.Add($"{path}/{name}", purpose, shape, fill);
    }

    /// <summary>
    /// Adds a term to the joint objective beside the tasks' weighted losses: J = Σ λₜLₜ + Σ penalties. No task's loss as it is reported, weighed or balanced contains it. Tasks whose parameters meet
    /// in one term are trained and judged together, so terms that have nothing to do with each other are added one by one.
    /// </summary>
    /// <param name="term">A scalar, its weight multiplied in.</param>
    public void Penalty(Node term) => parts.Penalties.Add(term.Shape.Rank == 0 ? term : throw new GraphException($"A penalty is a scalar, but this is {term}."));
}

/// <summary>What the scopes of one model collect.</summary>
internal sealed class ModelParts(bool training, TaskRows? rows, IReadOnlyDictionary<string, TensorValue>? frozen)
{
    /// <summary>Whose the batch's rows are; null where every task uses every row.</summary>
    public TaskRows? Rows => rows;

    /// <summary>Fixed values of parameters that are not trained, by name.</summary>
    public IReadOnlyDictionary<string, TensorValue> Frozen { get; } = frozen ?? new Dictionary<string, TensorValue>();

    /// <summary>Whether the model is built for training (with dropout) or for evaluation.</summary>
    public bool Training => training;

    public List<ParameterSpec> Parameters { get; } = [];

    public List<StepValue> StepValues { get; } = [];

    public List<Node> Penalties { get; } = [];

    /// <summary>A step value that was made before; null when there is none.</summary>
    public Node? Again(string name, Shape shape) => StepValues.Find(value => value.Name == name && value.Node.Shape.Equals(shape))?.Node;

    public Node Add(string name, string purpose, Shape shape, StepFill fill)
    {
        var node = Node.Input(name, ElementType.Float, shape);
        StepValues.Add(new StepValue(name, purpose, node, fill));
        return node;
    }
}
