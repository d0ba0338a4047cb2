using Mtl.Graph;
using Mtl.Graph.Onnx;
using Mtl.Learning.Architectures;
using Mtl.Runtime;

namespace Mtl.Learning.Training;

/// <summary>A result of a pass over a batch and the buffer that it is written to.</summary>
internal sealed record PassOutput(string Name, Node Node, TensorView View);

/// <summary>
/// What every pass over a batch reads: parameters, the batch's rows, step values such as dropout masks. Filled once for each step, however many passes run over it; the passes are bound to these buffers.
/// </summary>
internal sealed class StepInputs : IDisposable
{
    private readonly StepValueBuffer[] stepValues;
    private readonly int stepsPerEpoch;
    private readonly Dictionary<string, TensorView> views;
    private readonly int threads;

    public StepInputs(TrainingPlan plan, int threads)
    {
        this.threads = threads;
        var nodes = new BatchNodes(plan);
        Model = nodes.BuildModel(training: true);
        Rows = nodes.Rows;
        Parameters = new FlatBuffer(Model.Layout);
        Batch = new BatchInputs(plan, plan.RowsPerPass);
        stepValues = [.. Model.StepValues.Select(value => new StepValueBuffer(value, Capacity, plan.Definition.Training.Seed))];
        stepsPerEpoch = new BatchOrder(plan.TrainRows, plan.RowsPerStep, plan.Definition.Training.Seed).StepsPerEpoch;
        Losses = [.. Model.Outputs.Select((output, task) => nodes.LossOf(task, output))];

        views = new(Batch.Views);
        foreach (var value in stepValues)
            views.Add(value.Name, value.View);
        foreach (var parameter in Model.Parameters)
            views.Add(parameter.Name, Parameters.View(parameter.Name));
    }

    public Model Model { get; }

    /// <summary>Whose the batch's rows are; null where tasks share them.</summary>
    public TaskRows? Rows { get; }

    /// <summary>Every parameter: read by the passes, changed by the optimiser.</summary>
    public FlatBuffer Parameters { get; }

    public BatchInputs Batch { get; }

    /// <summary>Most rows of a batch, with those added for tasks without any (<see cref="BatchInputs"/>).</summary>
    public int Capacity => Batch.Capacity;

    /// <summary>Rows of the batch that is in the buffers.</summary>
    public int RowCount { get; private set; }

    /// <summary>The tasks' unweighted losses as nodes.</summary>
    public IReadOnlyList<Node> Losses { get; }

    /// <param name="rows">The batch, of at most the plan's batch size; ordered by group where tasks have rows of their own.</param>
    /// <param name="step">The step, from 1, which decides all chance: dropout masks, noise.</param>
    public void Fill(ReadOnlySpan<int> rows, long step)
    {
        RowCount = Batch.Fill(rows);
        var moment = new StepMoment(step, (step - 1.0) / stepsPerEpoch);
        foreach (var value in stepValues)
            value.Fill(RowCount, moment);
    }

    /// <summary>Loads a pass and binds it to these inputs.</summary>
    /// <param name="name">What errors call it.</param>
    /// <param name="outputs">What it computes.</param>
    /// <param name="more">Inputs that only this pass has.</param>
    public Pass Load(string name, IReadOnlyList<PassOutput> outputs, IReadOnlyDictionary<string, TensorView>? more = null)
    {
        var graph = ComputationGraph.Of([.. outputs.Select(output => (output.Name, output.Node))]);
        var executable = Executable.Load(OnnxModel.Write(graph), name, new ExecutableOptions { Threads = threads }).Value;
        return new Pass(this, executable, executable.Bind(
            graph.Inputs.ToDictionary(input => input.Name!, input => views.TryGetValue(input.Name!, out var view) ? view : more![input.Name!]),
            outputs.ToDictionary(output => output.Name, output => output.View)));
    }

    public void Dispose()
    {
        Batch.Dispose();
        Parameters.Dispose();
        Array.ForEach(stepValues, value => value.Dispose());
    }

    /// <summary>A computation over the batch that the inputs hold.</summary>
    internal sealed class Pass(StepInputs inputs, Executable executable, Binding binding) : IDisposable
    {
        public void Run() => binding.Run(inputs.RowCount);

        public void Dispose() => executable.Dispose();
    }
}
