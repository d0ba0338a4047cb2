using Mtl.Graph;
using Mtl.Graph.Onnx;
using Mtl.Learning.Weightings;
using Mtl.Runtime;
using ElementType = Mtl.Graph.ElementType;

namespace Mtl.Learning.Tests.Weightings;

/// <summary>What a loss-dependent weighting puts into a training step's graph, to run by itself: on several losses of each task at once.</summary>
internal sealed class LambdaGraph : IDisposable
{
    private readonly AlignedBuffer<float>[] losses;
    private readonly AlignedBuffer<float>[] weights;
    private readonly AlignedBuffer<float>[] lambdas;
    private readonly Executable executable;
    private readonly Binding binding;

    public LambdaGraph(LossDependentWeighting weighting, int tasks, int points = 1)
    {
        AlignedBuffer<float>[] Buffers(int length) => [.. Enumerable.Range(0, tasks).Select(_ => new AlignedBuffer<float>(length))];
        (losses, weights, lambdas) = (Buffers(points), Buffers(points), Buffers(points));
        Node[] Inputs(string name) => [.. Enumerable.Range(0, tasks).Select(task => Node.Input($"{name}{task}", ElementType.Float, [points]))];
        var nodes = weighting.Lambdas(Inputs("loss"), Inputs("weight"));
        var graph = ComputationGraph.Of([.. nodes.Select((node, task) => ($"lambda{task}", node))]);
        executable = Executable.Load(OnnxModel.Write(graph), "lambdas", new ExecutableOptions { Threads = 1 }).Value;
        var views = losses.Select((buffer, task) => ($"loss{task}", buffer.View(points))).Concat(weights.Select((buffer, task) => ($"weight{task}", buffer.View(points)))).ToDictionary();
        binding = executable.Bind(
            graph.Inputs.ToDictionary(input => input.Name!, input => views[input.Name!]),
            lambdas.Select((buffer, task) => ($"lambda{task}", buffer.View(points))).ToDictionary());
    }

    public Span<float> Losses(int task) => losses[task].Span;

    public Span<float> Weights(int task) => weights[task].Span;

    public ReadOnlySpan<float> Lambdas(int task) => lambdas[task].Span;

    public void Run() => binding.Run();

    /// <summary>λ for one loss and weight per task.</summary>
    public static float[] Of(LossDependentWeighting weighting, params float[] losses)
    {
        using var graph = new LambdaGraph(weighting, losses.Length);
        for (var task = 0; task < losses.Length; task++)
            (graph.Losses(task)[0], graph.Weights(task)[0]) = (losses[task], weighting.Weights[task]);
        graph.Run();
        return [.. Enumerable.Range(0, losses.Length).Select(task => graph.Lambdas(task)[0])];
    }

    public void Dispose()
    {
        binding.Dispose();
        executable.Dispose();
        foreach (var buffer in losses.Concat(weights).Concat(lambdas))
            buffer.Dispose();
    }
}
