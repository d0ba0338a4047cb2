using System.Collections.Immutable;
using Mtl.Graph;
using Mtl.Graph.Onnx;
using Mtl.Runtime;

namespace Mtl.Learning.Training;

/// <summary>Losses and predictions of the model as it is exported (without dropout) over many rows, in large batches.</summary>
internal sealed class Evaluator : IDisposable
{
    private const int BatchRows = 4096;

    private readonly TrainingPlan plan;
    private readonly BatchInputs batch;
    private readonly FlatBuffer parameters;
    private readonly FlatBuffer losses;
    private readonly TensorSlot[] lossSlots;
    private readonly AlignedBuffer<float>[] predictions;
    private readonly Executable executable;
    private readonly Binding binding;
    private readonly int capacity;

    public Evaluator(TrainingPlan plan, int threads)
    {
        this.plan = plan;
        var nodes = new BatchNodes(plan);
        var model = nodes.BuildModel(training: false);
        var tasks = plan.Tasks.Count;
        capacity = Math.Min(BatchRows, Math.Max(plan.ValidationRows.Length, plan.TestRows.Length));
        batch = new BatchInputs(plan, capacity);
        parameters = new FlatBuffer(model.Layout);
        losses = new FlatBuffer(new TensorLayout(Enumerable.Range(0, tasks).Select(task => (LossName(task), ImmutableArray<long>.Empty))));
        lossSlots = [.. Enumerable.Range(0, tasks).Select(task => losses.Layout[LossName(task)])];
        predictions = [.. Enumerable.Range(0, plan.Slots).Select(slot => new AlignedBuffer<float>(checked(batch.Capacity * plan.PredictionWidth(slot))))];

        List<(string Name, Node Node)> outputs = [];
        Dictionary<string, TensorView> bound = [];
        for (var task = 0; task < tasks; task++)
        {
            outputs.Add((LossName(task), nodes.LossOf(task, model.Outputs[task])));
            bound.Add(LossName(task), losses.View(LossName(task)));
        }

        for (var slot = 0; slot < plan.Slots; slot++)
        {
            outputs.Add((PredictionName(slot), nodes.PredictionsOf(slot, model.Outputs)));
            bound.Add(PredictionName(slot), predictions[slot].View(batch.Capacity, plan.PredictionWidth(slot)));
        }

        var graph = ComputationGraph.Of(outputs);
        executable = Executable.Load(OnnxModel.Write(graph), "evaluation", new ExecutableOptions { Threads = threads }).Value;
        var views = new Dictionary<string, TensorView>(batch.Views);
        foreach (var parameter in model.Parameters)
            views.Add(parameter.Name, parameters.View(parameter.Name));
        binding = executable.Bind(graph.Inputs.ToDictionary(input => input.Name!, input => views[input.Name!]), bound);
    }

    /// <summary>Evaluates the model on rows; null when stopped on the way.</summary>
    public Evaluation? Run(ReadOnlySpan<float> modelParameters, int[] rows, CancellationToken stop = default)
    {
        modelParameters.CopyTo(parameters.All);
        var tasks = plan.Tasks.Count;
        var (sums, counts) = (new double[tasks], new long[tasks]);
        var ordered = (int[])rows.Clone();
        plan.Groups?.Order(ordered);
        int[][] own = [.. Enumerable.Range(0, tasks).Select(task => plan.Groups is { } groups ? Array.FindAll(ordered, row => groups.OfRow(row) == groups.GroupOf[task]) : ordered)];
        float[][] collected = [.. plan.Tasks.Select((task, index) => new float[checked(own[index].Length * task.PredictionWidth)])];
        var filled = new int[tasks];
        for (var from = 0; from < ordered.Length; from += capacity)
        {
            if (stop.IsCancellationRequested)
                return null;
            var part = ordered.AsSpan(from, Math.Min(capacity, ordered.Length - from));
            binding.Run(batch.Fill(part));
            for (var task = 0; task < tasks; task++)
            {
                sums[task] += (double)losses[lossSlots[task]][0] * batch.Labelled[task];
                counts[task] += batch.Labelled[task];
            }

            Collect(part, collected, filled);
        }

        return new Evaluation(own, [.. sums.Zip(counts, (sum, count) => count == 0 ? 0 : sum / count)], collected);
    }

    /// <summary>Appends each task's predictions of its rows in the batch.</summary>
    private void Collect(ReadOnlySpan<int> rows, float[][] collected, int[] filled)
    {
        if (plan.Groups is not { } groups)
        {
            for (var task = 0; task < collected.Length; task++)
                Append(task, task, 0, rows.Length);
            return;
        }

        var (next, at) = (0, 0);
        for (var group = 0; group < groups.Count; group++)
        {
            var first = next;
            while (next < rows.Length && groups.OfRow(rows[next]) == group)
                next++;
            foreach (var task in groups.Members[group])
                Append(task, groups.MemberOf[task], at, next - first);
            at += (int)batch.GroupSizes[group];
        }

        void Append(int task, int slot, int from, int count)
        {
            var (width, own) = (plan.PredictionWidth(slot), plan.Tasks[task].PredictionWidth);
            for (var row = 0; row < count; row++)
                predictions[slot].Span.Slice((from + row) * width, own).CopyTo(collected[task].AsSpan((filled[task] + row) * own));
            filled[task] += count;
        }
    }

    public void Dispose()
    {
        executable.Dispose();
        batch.Dispose();
        parameters.Dispose();
        losses.Dispose();
        foreach (var buffer in predictions)
            buffer.Dispose();
    }

    private static string LossName(int task) => $"loss{task}";

    private static string PredictionName(int slot) => $"prediction{slot}";
}

/// <summary>What a model gives on some rows.</summary>
/// <param name="Rows">By task: its rows.</param>
/// <param name="Losses">By task: the mean over labelled rows.</param>
/// <param name="Predictions">By task, [rows, outputs]: value in the column's units, probability of the positive label, or probabilities.</param>
internal sealed record Evaluation(int[][] Rows, double[] Losses, float[][] Predictions);
