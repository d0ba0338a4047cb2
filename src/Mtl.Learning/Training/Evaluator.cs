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
    private readonly AlignedBuffer<float>[] predictions;
    private readonly Executable executable;
    private readonly Binding binding;
    private readonly int capacity;

    public Evaluator(TrainingPlan plan, int threads)
    {
        this.plan = plan;
        var model = plan.BuildModel(plan.Features.PreprocessedInputs(), training: false);
        var tasks = plan.Tasks.Count;
        capacity = Math.Min(BatchRows, Math.Max(plan.ValidationRows.Length, plan.TestRows.Length));
        batch = new BatchInputs(plan.Data, capacity);
        parameters = new FlatBuffer(model.Layout);
        losses = new FlatBuffer(new TensorLayout(Enumerable.Range(0, tasks).Select(task => (LossName(task), ImmutableArray<long>.Empty))));
        predictions = [.. plan.Tasks.Select(task => new AlignedBuffer<float>(checked(capacity * task.Head.Outputs)))];

        List<(string Name, Node Node)> outputs = [];
        Dictionary<string, TensorView> bound = [];
        for (var task = 0; task < tasks; task++)
        {
            outputs.Add((LossName(task), BatchInputs.LossOf(task, plan.Tasks[task].Loss, model.Outputs[task])));
            outputs.Add((PredictionName(task), plan.Tasks[task].Target.Prediction(model.Outputs[task])));
            bound.Add(LossName(task), losses.View(LossName(task)));
            bound.Add(PredictionName(task), predictions[task].View(capacity, plan.Tasks[task].Head.Outputs));
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
        var collected = plan.Tasks.Select(task => new float[checked(rows.Length * task.Head.Outputs)]).ToArray();
        for (var from = 0; from < rows.Length; from += capacity)
        {
            if (stop.IsCancellationRequested)
                return null;
            var part = rows.AsSpan(from, Math.Min(capacity, rows.Length - from));
            batch.Fill(part);
            binding.Run(part.Length);
            for (var task = 0; task < tasks; task++)
            {
                sums[task] += (double)losses[LossName(task)][0] * batch.Labelled[task];
                counts[task] += batch.Labelled[task];
                var width = plan.Tasks[task].Head.Outputs;
                predictions[task].Span[..(part.Length * width)].CopyTo(collected[task].AsSpan(from * width));
            }
        }

        return new Evaluation(rows, [.. sums.Zip(counts, (sum, count) => count == 0 ? 0 : sum / count)], collected);
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

    private static string PredictionName(int task) => $"prediction{task}";
}

/// <summary>What a model gives on some rows.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Losses">By task: the mean over labelled rows.</param>
/// <param name="Predictions">By task, [rows, outputs]: value in the column's units, probability of the positive label, or probabilities.</param>
internal sealed record Evaluation(int[] Rows, double[] Losses, float[][] Predictions);
