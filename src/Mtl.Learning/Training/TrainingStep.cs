using System.Collections.Immutable;
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
/// parameters as a row of [tasks, shared], and for the task's own parameters unweighted in <see cref="Gradients"/>; what
/// the objective has beside the losses is in <see cref="Gradients"/> for those, and for shared parameters apart (<see cref="AddPenaltyTo"/>). A run allocates no managed memory.
/// </summary>
internal sealed class TrainingStep : IDisposable
{
    private readonly TrainingPlan plan;
    private readonly Model model;
    private readonly BatchInputs batch;
    private readonly FlatBuffer scalars;
    private readonly AlignedBuffer<float> taskGradients;
    private readonly AlignedBuffer<float> penaltyGradients;
    private readonly StepValueBuffer[] stepValues;
    private readonly int stepsPerEpoch;
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
        penaltyGradients = new AlignedBuffer<float>(perTask && model.Penalty is not null ? model.SharedLength : 0);
        scalars = new FlatBuffer(new TensorLayout(Enumerable.Range(0, tasks).SelectMany(task => new[] { (LossName(task), Scalar), (LambdaName(task), Scalar) })));
        lossSlots = [.. Enumerable.Range(0, tasks).Select(task => scalars.Layout[LossName(task)])];
        weightSlots = [.. Enumerable.Range(0, tasks).Select(task => scalars.Layout[LambdaName(task)])];
        (losses, present) = (new float[tasks], new bool[tasks]);

        var capacity = Math.Min(plan.Definition.Training.BatchSize, plan.TrainRows.Length);
        batch = new BatchInputs(plan.Data, capacity);
        stepValues = [.. model.StepValues.Select(value => new StepValueBuffer(value, capacity, plan.Definition.Training.Seed))];
        stepsPerEpoch = new BatchOrder(plan.TrainRows, plan.Definition.Training.BatchSize, plan.Definition.Training.Seed).StepsPerEpoch;

        Node[] lossNodes = [.. model.Outputs.Select((output, task) => BatchInputs.LossOf(task, plan.Tasks[task].Loss, output))];
        List<(string Name, Node Node)> outputs = [.. lossNodes.Select((loss, task) => (LossName(task), loss))];
        Dictionary<string, TensorView> bound = lossNodes.Select((_, task) => LossName(task)).ToDictionary(name => name, scalars.View);
        if (perTask)
            AddTaskGradients(lossNodes, outputs, bound);
        else
            AddJointGradient(lossNodes, outputs, bound);

        var graph = ComputationGraph.Of(outputs);
        executable = Executable.Load(OnnxModel.Write(graph), "training step", new ExecutableOptions { Threads = threads }).Value;
        binding = executable.Bind(Inputs(graph), bound);
    }

    public TrainingPlan Plan => plan;

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

    /// <summary>In per-task mode, adds the penalty's gradient to what a balancer combined of the tasks' gradients of the shared parameters.</summary>
    public void AddPenaltyTo(Span<float> combined)
    {
        var gradient = penaltyGradients.Span;
        for (var i = 0; i < gradient.Length; i++)
            combined[i] += gradient[i];
    }

    /// <param name="rows">The batch, of at most the plan's batch size.</param>
    /// <param name="step">The step, from 1, which decides all chance: dropout masks, noise.</param>
    /// <param name="weights">λ by task; not used in per-task mode.</param>
    public void Run(ReadOnlySpan<int> rows, long step, ReadOnlySpan<float> weights)
    {
        batch.Fill(rows);
        var moment = new StepMoment(step, (step - 1.0) / stepsPerEpoch);
        foreach (var value in stepValues)
            value.Fill(rows.Length, moment);

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
        penaltyGradients.Dispose();
        Parameters.Dispose();
        Gradients.Dispose();
        foreach (var value in stepValues)
            value.Dispose();
    }

    private static ImmutableArray<long> Scalar => [];

    private static string LossName(int task) => $"loss{task}";

    private static string LambdaName(int task) => $"lambda{task}";

    private static string GradientName(string parameter) => $"gradient/{parameter}";

    private void AddJointGradient(Node[] losses, List<(string Name, Node Node)> outputs, Dictionary<string, TensorView> bound)
    {
        var joint = losses.Select((loss, task) => loss * Node.Input(LambdaName(task), ElementType.Float, Shape.Scalar)).ToArray().Sum();
        if (model.Penalty is { } penalty)
            joint += penalty;
        var gradients = Gradient.Of(joint, [.. model.Parameters.Select(parameter => parameter.Node)]);
        foreach (var (parameter, gradient) in model.Parameters.Zip(gradients))
            Bind(GradientName(parameter.Name), gradient, Gradients.View(parameter.Name), outputs, bound);
    }

    private void AddTaskGradients(Node[] losses, List<(string Name, Node Node)> outputs, Dictionary<string, TensorView> bound)
    {
        var penalties = PenaltyGradients();
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
                var own = parameter.Task is not null && penalties.TryGetValue(parameter, out var penalty) ? gradient + penalty : gradient;
                Bind($"{GradientName(parameter.Name)}/{task}", own, view, outputs, bound);
            }
        }

        foreach (var (parameter, gradient) in penalties.Where(entry => entry.Key.Task is null))
        {
            var slot = model.Layout[parameter.Name];
            Bind($"{GradientName(parameter.Name)}/penalty", gradient, penaltyGradients.ViewAt(slot.Offset, slot.Shape.AsSpan()), outputs, bound);
        }
    }

    /// <summary>The gradient of the penalty for each parameter it depends on.</summary>
    private Dictionary<ParameterSpec, Node> PenaltyGradients() => model.Penalty is not { } penalty
        ? []
        : model.Parameters
            .Zip(Gradient.Pullback([penalty], [penalty.Like(1)], [.. model.Parameters.Select(parameter => parameter.Node)]))
            .Where(entry => entry.Second is not null)
            .ToDictionary(entry => entry.First, entry => entry.Second!);

    private static void Bind(string name, Node node, TensorView view, List<(string Name, Node Node)> outputs, Dictionary<string, TensorView> bound)
    {
        outputs.Add((name, node));
        bound.Add(name, view);
    }

    private Dictionary<string, TensorView> Inputs(ComputationGraph graph)
    {
        var views = new Dictionary<string, TensorView>(batch.Views);
        foreach (var value in stepValues)
            views.Add(value.Name, value.View);
        for (var task = 0; task < losses.Length; task++)
            views.Add(LambdaName(task), scalars.View(LambdaName(task)));
        foreach (var parameter in model.Parameters)
            views.Add(parameter.Name, Parameters.View(parameter.Name));
        return graph.Inputs.ToDictionary(input => input.Name!, input => views[input.Name!]);
    }
}
