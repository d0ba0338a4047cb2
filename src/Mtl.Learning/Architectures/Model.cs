using System.Collections.Immutable;
using Mtl.Core.Random;
using Mtl.Graph;
using Mtl.Learning.Encoders;
using Mtl.Learning.Regularizers;
using Mtl.Runtime;

namespace Mtl.Learning.Architectures;

/// <summary>A model's graph from preprocessed columns to each task's raw output, and its parameters: the shared ones first, then each task's own.</summary>
public sealed class Model
{
    private Model(IReadOnlyList<Node> outputs, ModelParts parts, int tasks, bool areTied)
    {
        Outputs = outputs;
        Parameters = [.. parts.Parameters.OrderBy(parameter => parameter.Task ?? -1)];
        StepValues = [.. parts.StepValues];
        Penalty = parts.Penalties.Count == 0 ? null : parts.Penalties.Sum();
        Layout = new TensorLayout(Parameters.Select(parameter => (parameter.Name, parameter.Shape.ToImmutableArray())));
        SharedLength = OffsetOf(task => task is not null);
        IsJoint = SharedLength > 0 || areTied || parts.Penalties.Any(penalty => OwnersOf(penalty).Count > 1);
        TaskRanges = [.. Enumerable.Range(0, tasks).Select(task => new Range(OffsetOf(owner => owner >= task), OffsetOf(owner => owner > task)))];
    }

    /// <summary>Each task's raw output, [batch, outputs].</summary>
    public IReadOnlyList<Node> Outputs { get; }

    public IReadOnlyList<ParameterSpec> Parameters { get; }

    /// <summary>What each training step fills anew; empty in a model for evaluation.</summary>
    public IReadOnlyList<StepValue> StepValues { get; }

    /// <summary>What the joint objective has beside the tasks' losses, a scalar; null when there is nothing.</summary>
    public Node? Penalty { get; }

    /// <summary>Whether tasks are trained together: they share parameters, or a penalty ties parameters of theirs.</summary>
    public bool IsJoint { get; }

    /// <summary>Where each parameter lies in a flat buffer.</summary>
    public TensorLayout Layout { get; }

    /// <summary>Floats of the shared parameters, padding included: they lie before all others.</summary>
    public int SharedLength { get; }

    /// <summary>Where each task's own parameters lie.</summary>
    public IReadOnlyList<Range> TaskRanges { get; }

    /// <summary>Trained numbers, padding not counted.</summary>
    public int ParameterCount => Layout.Slots.Sum(slot => slot.Length);

    /// <summary>Trained numbers that tasks share, padding not counted.</summary>
    public int SharedCount => Layout.Slots.Where(slot => slot.Offset < SharedLength).Sum(slot => slot.Length);

    /// <summary>Most units of one layer.</summary>
    public int WidestLayer => Parameters.Where(parameter => parameter.Shape.Length == 2).Max(parameter => (int)parameter.Shape[1]);

    /// <param name="architecture">How the tasks share.</param>
    /// <param name="encoder">The definition's encoder.</param>
    /// <param name="inputs">The preprocessed columns, as nodes of any origin.</param>
    /// <param name="heads">The tasks.</param>
    /// <param name="training">With dropout, or without.</param>
    /// <param name="rows">Whose the batch's rows are; null where every task uses every row.</param>
    /// <param name="frozen">Fixed values of parameters that are not trained, by name: they are no parameters of this model.</param>
    /// <param name="regularizers">Terms of the objective beside the architecture's own.</param>
    public static Model Build(
        IArchitecture architecture,
        IEncoder encoder,
        ModelInputs inputs,
        IReadOnlyList<Head> heads,
        bool training,
        TaskRows? rows = null,
        IReadOnlyDictionary<string, TensorValue>? frozen = null,
        IReadOnlyList<Regularizer>? regularizers = null)
    {
        var parts = new ModelParts(training, rows, frozen);
        var context = new ArchitectureContext(
            inputs,
            heads,
            encoder,
            new ModelScope(parts, "shared", null),
            [.. heads.Select((head, task) => new ModelScope(parts, $"task/{head.Task}", task))]) { Rows = rows };
        var outputs = architecture.Build(context);
        var weights = new RegularizedWeights(parts.Parameters, heads.Count);
        foreach (var regularizer in regularizers ?? [])
        {
            if (regularizer.IsSmooth && regularizer.Refuse(weights) is null)
                parts.Penalties.AddRange(regularizer.Terms(weights));
        }

        return new Model(outputs, parts, heads.Count, regularizers?.Any(regularizer => regularizer.TiesTasks) == true);
    }

    /// <summary>A parameter's values within the flat parameters.</summary>
    public Span<float> ValuesOf(ParameterSpec parameter, Span<float> parameters) => parameters.Slice(Layout[parameter.Name].Offset, Layout[parameter.Name].Length);

    /// <summary>A parameter's values within the flat parameters.</summary>
    public ReadOnlySpan<float> ValuesOf(ParameterSpec parameter, ReadOnlySpan<float> parameters) => parameters.Slice(Layout[parameter.Name].Offset, Layout[parameter.Name].Length);

    /// <summary>Sets all parameters to their values before training. A parameter's value depends on the seed and its origin's name only.</summary>
    public void Initialize(Span<float> parameters, ulong seed)
    {
        var random = new CounterRandom(seed, "initial parameters");
        foreach (var parameter in Parameters)
        {
            var slot = Layout[parameter.Name];
            parameter.Initializer(parameters.Slice(slot.Offset, slot.Length), random.Fork(parameter.Origin));
        }
    }

    /// <summary>The tasks whose own parameters a node depends on.</summary>
    private HashSet<int> OwnersOf(Node node)
    {
        var owners = Parameters.Where(parameter => parameter.Task is not null).ToDictionary(parameter => parameter.Node, parameter => parameter.Task!.Value);
        HashSet<int> tasks = [];
        HashSet<Node> seen = [node];
        var open = new Stack<Node>(seen);
        while (open.TryPop(out var next))
        {
            if (owners.TryGetValue(next, out var task))
                tasks.Add(task);
            foreach (var input in next.Inputs.Where(seen.Add))
                open.Push(input);
        }

        return tasks;
    }

    private int OffsetOf(Func<int?, bool> owner) =>
        Parameters.Where(parameter => owner(parameter.Task)).Select(parameter => Layout[parameter.Name].Offset).DefaultIfEmpty(Layout.Length).First();
}
