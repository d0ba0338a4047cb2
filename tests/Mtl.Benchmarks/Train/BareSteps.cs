using System.Collections.Immutable;
using System.Diagnostics;
using Mtl.Graph;
using Mtl.Graph.Autodiff;
using Mtl.Graph.Onnx;
using Mtl.Learning.Optimizers;
using Mtl.Runtime;

namespace Mtl.Benchmarks.Train;

/// <summary>
/// The case's network as the engine alone trains it: forward and backward pass and Adam on one batch that stays, without feeding, checks, metrics or listeners.
/// What the product's epoch is held against.
/// </summary>
internal sealed class BareSteps : ISteps
{
    private readonly FlatBuffer parameters;
    private readonly FlatBuffer gradients;
    private readonly FlatBuffer losses;
    private readonly AlignedBuffer<float> x;
    private readonly AlignedBuffer<float>[] y;
    private readonly Executable executable;
    private readonly Binding binding;
    private readonly Adam adam;

    public BareSteps(StepCase step)
    {
        var (layers, lossNodes) = Network(step);
        var gradientNodes = Gradient.Of(lossNodes.Sum(), layers);
        var layout = new TensorLayout(layers.Select(layer => (layer.Name!, layer.Shape.Values.ToImmutableArray())));
        (parameters, gradients) = (new(layout), new(layout));
        losses = new(new(Enumerable.Range(0, StepCase.Tasks).Select(task => ($"loss{task}", ImmutableArray<long>.Empty))));
        x = new(step.Batch * StepCase.Features);
        y = [.. Enumerable.Range(0, StepCase.Tasks).Select(_ => new AlignedBuffer<float>(step.Batch))];
        adam = new(new AdamOptions(), parameters.All.Length);
        var random = new Random(1);
        Fill(parameters.All, random, 0.1f);
        Fill(x.Span, random, 1);
        Array.ForEach(y, target => Fill(target.Span, random, 1));

        var graph = ComputationGraph.Of(
            [.. lossNodes.Select((loss, task) => ($"loss{task}", loss)), .. layers.Zip(gradientNodes, (layer, gradient) => ($"d_{layer.Name}", gradient))]);

        executable = Executable.Load(OnnxModel.Write(graph), step.ToString(), new() { Threads = step.Threads }).Value;
        var inputs = layers.ToDictionary(layer => layer.Name!, layer => parameters.View(layer.Name!));
        inputs["x"] = x.View(step.Batch, StepCase.Features);
        for (var task = 0; task < StepCase.Tasks; task++) inputs[$"y{task}"] = y[task].View(step.Batch, 1);
        var outputs = layers.ToDictionary(layer => $"d_{layer.Name}", layer => gradients.View(layer.Name!));
        foreach (var slot in losses.Layout.Slots) outputs[slot.Name] = losses.View(slot.Name);
        binding = executable.Bind(inputs, outputs);
    }

    public double[] Burst(int steps)
    {
        var seconds = new double[steps];
        foreach (ref var taken in seconds.AsSpan())
        {
            var start = Stopwatch.GetTimestamp();
            binding.Run();
            adam.Step(parameters.All, gradients.All, adam.LearningRate);
            taken = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        return seconds;
    }

    public void Dispose()
    {
        executable.Dispose();
        parameters.Dispose();
        gradients.Dispose();
        losses.Dispose();
        x.Dispose();
        Array.ForEach(y, target => target.Dispose());
    }

    private static (List<Node> Parameters, Node[] Losses) Network(StepCase step)
    {
        List<Node> made = [];
        var x = Node.Input("x", ElementType.Float, ["batch", StepCase.Features]);
        var shared = Dense(Dense(x, "bottom1", step.Width).Relu(), "bottom2", step.Width).Relu();
        return (made, [.. Enumerable.Range(0, StepCase.Tasks).Select(task =>
        {
            var output = Dense(Dense(shared, $"tower{task}", StepCase.HeadUnits).Relu(), $"head{task}", 1);
            return (output - Node.Input($"y{task}", ElementType.Float, ["batch", 1])).Square().ReduceMean();
        })]);

        Node Dense(Node input, string name, int units)
        {
            var (weight, bias) = (Node.Parameter($"{name}.w", [input.Shape[1], units]), Node.Parameter($"{name}.b", [units]));
            made.AddRange([weight, bias]);
            return input.Dense(weight, bias);
        }
    }

    private static void Fill(Span<float> values, Random random, float scale)
    {
        foreach (ref var value in values) value = scale * (2 * random.NextSingle() - 1);
    }
}
