using System.Collections.Immutable;
using Mtl.Core.Random;
using Mtl.Graph;
using Mtl.Graph.Autodiff;
using Mtl.Graph.Onnx;
using Mtl.Learning.Architectures;
using Mtl.Learning.Weightings;
using Mtl.Runtime;
using ElementType = Mtl.Graph.ElementType;

namespace Mtl.Learning.Training;

/// <summary>
/// One forward and backward pass over a batch, bound to flat buffers once. Joint: the gradient of Σ λₜLₜ for all parameters. Per task (for gradient balancers): each Lₜ's gradient for the shared
/// parameters as a row of [tasks, shared], and for the task's own parameters unweighted in <see cref="Gradients"/>. A run allocates no managed memory.
/// </summary>
internal sealed class TrainingStep : IDisposable
{
    private readonly TrainingPlan plan;
    private readonly Model model;
    private readonly BatchInputs batch;
    private readonly FlatBuffer scalars;
    private readonly AlignedBuffer<float> taskGradients;
    private readonly (AlignedBuffer<float> Buffer, DropoutMask Mask, CounterRandom Random)[] masks;
    private readonly Executable executable;
    private readonly Binding binding;
    private readonly TensorSlot[] lossSlots;
    private readonly TensorSlot[] weightSlots;
    private readonly float[] losses;
    private readonly bool[] present;

    public TrainingStep(TrainingPlan plan, int threads, bool perTask)
    {
        this.plan = plan;
        var inputs = plan.Features.PreprocessedInputs();
        model = plan.BuildModel(inputs, training: true);
        var tasks = plan.Tasks.Count;
        Parameters = new FlatBuffer(model.Layout);
        Gradients = new FlatBuffer(model.Layout);
        taskGradients = new AlignedBuffer<float>(perTask ? checked(tasks * model.SharedLength) : 0);
        scalars = new FlatBuffer(new TensorLayout(Enumerable.Range(0, tasks).SelectMany(task => new[] { (LossName(task), Scalar), (LambdaName(task), Scalar) })));
        lossSlots = [.. Enumerable.Range(0, tasks).Select(task => scalars.Layout[LossName(task)])];
        weightSlots = [.. Enumerable.Range(0, tasks).Select(task => scalars.Layout[LambdaName(task)])];
        (losses, present) = (new float[tasks], new bool[tasks]);

        var capacity = Math.Min(plan.Definition.Training.BatchSize, plan.TrainRows.Length);
        batch = new BatchInputs(plan.Data, capacity);
        var random = new CounterRandom(plan.Definition.Training.Seed, "dropout");
        masks = [.. model.Masks.Select(mask => (new AlignedBuffer<float>(checked(capacity * mask.Width)), mask, random.Fork(mask.Name)))];

        Node[] lossNodes = [.. model.Outputs.Select((output, task) => BatchInputs.LossOf(task, plan.Tasks[task].Loss, output))];
        List<(string Name, Node Node)> outputs = [.. lossNodes.Select((loss, task) => (LossName(task), loss))];
        Dictionary<string, TensorView> bound = lossNodes.Select((_, task) => LossName(task)).ToDictionary(name => name, scalars.View);
        if (perTask)
            AddTaskGradients(lossNodes, outputs, bound);
        else
            AddJointGradient(lossNodes, outputs, bound);

        var graph = ComputationGraph.Of(outputs);
        executable = Executable.Load(OnnxModel.Write(graph), "training step", new ExecutableOptions { Threads = threads }).Value;
        binding = executable.Bind(Inputs(graph, capacity), bound);
    }

    public Model Model => model;

    /// <summary>Every parameter: read by the pass, changed by the optimiser.</summary>
    public FlatBuffer Parameters { get; }

    /// <summary>The gradient of each parameter; in per-task mode the shared part is left to the balancer.</summary>
    public FlatBuffer Gradients { get; }

    /// <summary>The tasks' unweighted losses of the last batch; 0 where a task had no labelled row.</summary>
    public ReadOnlySpan<float> Losses => losses;

    /// <summary>Labelled rows of the last batch, by task.</summary>
    public ReadOnlySpan<int> Labelled => batch.Labelled;

    /// <summary>Whether a task had labelled rows in the last batch.</summary>
    public ReadOnlySpan<bool> Present => present;

    /// <summary>The tasks' gradients of the shared parameters, in per-task mode.</summary>
    public GradientMatrix TaskGradients => new(taskGradients.Span, losses.Length, model.SharedLength, model.SharedLength);

    /// <param name="rows">The batch, of at most the plan's batch size.</param>
    /// <param name="step">The step, from 1, which decides the dropout masks.</param>
    /// <param name="weights">λ by task; not used in per-task mode.</param>
    public void Run(ReadOnlySpan<int> rows, long step, ReadOnlySpan<float> weights)
    {
        batch.Fill(rows);
        foreach (var (buffer, mask, random) in masks)
        {
            var kept = 1 - mask.Rate;
            random.Fork((ulong)step).FillMask(buffer.Span[..(rows.Length * mask.Width)], kept, (float)(1 / kept));
        }

        for (var task = 0; task < losses.Length; task++)
            scalars[weightSlots[task]][0] = weights[task];
        binding.Run(rows.Length);
        for (var task = 0; task < losses.Length; task++)
        {
            losses[task] = scalars[lossSlots[task]][0];
            present[task] = batch.Labelled[task] > 0;
        }
    }

    public void Dispose()
    {
        executable.Dispose();
        batch.Dispose();
        scalars.Dispose();
        taskGradients.Dispose();
        Parameters.Dispose();
        Gradients.Dispose();
        foreach (var (buffer, _, _) in masks)
            buffer.Dispose();
    }

    private static ImmutableArray<long> Scalar => [];

    private static string LossName(int task) => $"loss{task}";

    private static string LambdaName(int task) => $"lambda{task}";

    private static string GradientName(string parameter) => $"gradient/{parameter}";

    private void AddJointGradient(Node[] losses, List<(string Name, Node Node)> outputs, Dictionary<string, TensorView> bound)
    {
        var joint = losses.Select((loss, task) => loss * Node.Input(LambdaName(task), ElementType.Float, Shape.Scalar)).ToArray().Sum();
        var gradients = Gradient.Of(joint, [.. model.Parameters.Select(parameter => parameter.Node)]);
        foreach (var (parameter, gradient) in model.Parameters.Zip(gradients))
            Bind(GradientName(parameter.Name), gradient, Gradients.View(parameter.Name), outputs, bound);
    }

    private void AddTaskGradients(Node[] losses, List<(string Name, Node Node)> outputs, Dictionary<string, TensorView> bound)
    {
        for (var task = 0; task < losses.Length; task++)
        {
            ParameterSpec[] concerned = [.. model.Parameters.Where(parameter => parameter.Task is null || parameter.Task == task)];
            var gradients = Gradient.Of(losses[task], [.. concerned.Select(parameter => parameter.Node)]);
            foreach (var (parameter, gradient) in concerned.Zip(gradients))
            {
                var slot = model.Layout[parameter.Name];
                var view = parameter.Task is null
                    ? taskGradients.ViewAt(task * model.SharedLength + slot.Offset, slot.Shape.AsSpan())
                    : Gradients.View(parameter.Name);
                Bind($"{GradientName(parameter.Name)}/{task}", gradient, view, outputs, bound);
            }
        }
    }

    private static void Bind(string name, Node node, TensorView view, List<(string Name, Node Node)> outputs, Dictionary<string, TensorView> bound)
    {
        outputs.Add((name, node));
        bound.Add(name, view);
    }

    private Dictionary<string, TensorView> Inputs(ComputationGraph graph, int capacity)
    {
        var views = new Dictionary<string, TensorView>(batch.Views);
        foreach (var (buffer, mask, _) in masks)
            views.Add(mask.Name, buffer.View(capacity, mask.Width));
        for (var task = 0; task < losses.Length; task++)
            views.Add(LambdaName(task), scalars.View(LambdaName(task)));
        foreach (var parameter in model.Parameters)
            views.Add(parameter.Name, Parameters.View(parameter.Name));
        return graph.Inputs.ToDictionary(input => input.Name!, input => views[input.Name!]);
    }
}
