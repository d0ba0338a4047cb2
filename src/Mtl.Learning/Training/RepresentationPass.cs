using System.Collections.Immutable;
using Mtl.Graph;
using Mtl.Graph.Autodiff;
using Mtl.Learning.Architectures;
using Mtl.Learning.Weightings;
using Mtl.Runtime;
using ElementType = Mtl.Graph.ElementType;

namespace Mtl.Learning.Training;

/// <summary>
/// Gradients of the representation z (<see cref="Representation"/>) in place of the shared parameters' θ: the first run goes forward and back to every ∂Lₜ/∂z, a row each of [tasks, rows·width]; the balancer
/// combines these to g, and the second run takes it back through the shared part once, g·∂z/∂θ, on what the first has kept. So it costs about a joint step whatever the number of tasks. For Σ ∂Lₜ/∂z the
/// result is the joint gradient; a balancer sees other angles than the parameters' gradients have.
/// Source: Sener and Koltun, "Multi-Task Learning as Multi-Objective Optimization", 2018, section 3.3 (for MGDA).
/// </summary>
internal sealed class RepresentationPass : IGradientPass
{
    private readonly StepInputs inputs;
    private readonly TensorLayout layout;
    private readonly AlignedBuffer<float> rows;
    private readonly AlignedBuffer<float> combined;
    private readonly AlignedBuffer<float>[] carried;
    private readonly TensorSlot[] batched;
    private readonly PenaltyGradients penalties;
    private readonly FlatBuffer gradients;
    private readonly StepInputs.Pass forward;
    private readonly StepInputs.Pass backward;
    private int written;

    /// <param name="inputs">What to run on; of a model that has a representation.</param>
    /// <param name="losses">Where the tasks' losses go.</param>
    /// <param name="gradients">Where the parameters' gradients go.</param>
    public RepresentationPass(StepInputs inputs, FlatBuffer losses, FlatBuffer gradients)
    {
        (this.inputs, this.gradients) = (inputs, gradients);
        penalties = new PenaltyGradients(inputs.Model);
        var nodes = Representation.Of(inputs.Model).Value;
        layout = new TensorLayout(nodes.Select((node, part) => ($"representation{part}", Extents(GraphCut.ToRows(node)))));
        batched = [.. layout.Slots.Zip(nodes, (slot, node) => node.Shape.IsKnown ? null : slot).OfType<TensorSlot>()];
        rows = new AlignedBuffer<float>(checked(inputs.Losses.Count * layout.Length));
        combined = new AlignedBuffer<float>(layout.Length);

        var outputs = inputs.Losses.SelectMany((loss, task) => TaskOutputs(task, nodes, losses)).Concat(penalties.Outputs).ToList();
        Node[] upstream = [.. nodes.Select((node, part) => Node.Input($"combined/{layout.Slots[part].Name}", ElementType.Float, GraphCut.ToRows(node).Shape))];
        ParameterSpec[] shared = [.. inputs.Model.Parameters.Where(parameter => parameter.Task is null)];
        var pulled = Gradient.Pullback(nodes, [.. upstream.Zip(nodes, (flat, node) => flat.Reshape(node.Shape))], [.. shared.Select(parameter => parameter.Node)]);
        var cut = GraphCut.Of([.. pulled.Zip(shared, (gradient, parameter) => gradient ?? parameter.Node.ZerosLike())], [.. outputs.Select(output => output.Node)]);

        carried = [.. cut.Carried.Select(node => new AlignedBuffer<float>(checked((int)Extents(node.Value).Aggregate(1L, (size, extent) => size * extent))))];
        var views = cut.Carried.Zip(carried).ToDictionary(pair => pair.First.Name, pair => pair.Second.View(Extents(pair.First.Value).AsSpan()));
        outputs.AddRange(cut.Carried.Select(node => new PassOutput(node.Name, node.Value, views[node.Name])));
        forward = inputs.Load("training step to the representation's gradients", outputs);
        foreach (var (input, slot) in upstream.Zip(layout.Slots))
            views.Add(input.Name!, combined.ViewAt(slot.Offset, slot.Shape.AsSpan()));
        backward = inputs.Load(
            "training step from the representation's gradient",
            [.. shared.Zip(cut.Outputs, (parameter, gradient) => new PassOutput($"gradient/{parameter.Name}", gradient, gradients.View(parameter.Name)))],
            views);
    }

    public GradientMatrix TaskGradients => new(rows.Span, inputs.Losses.Count, layout.Length, layout.Length);

    public Span<float> Combined => combined.Span;

    public void Run(ReadOnlySpan<float> weights)
    {
        if (inputs.RowCount < written)
            ClearBeyond(inputs.RowCount);
        written = inputs.RowCount;
        forward.Run();
    }

    public void Finish()
    {
        backward.Run();
        penalties.AddTo(gradients.All);
    }

    public void Dispose()
    {
        forward.Dispose();
        backward.Dispose();
        rows.Dispose();
        combined.Dispose();
        penalties.Dispose();
        Array.ForEach(carried, buffer => buffer.Dispose());
    }

    private IEnumerable<PassOutput> TaskOutputs(int task, IReadOnlyList<Node> representation, FlatBuffer losses)
    {
        yield return JointPass.LossOutput(losses, task, inputs.Losses[task]);
        ParameterSpec[] own = [.. inputs.Model.Parameters.Where(parameter => parameter.Task == task)];
        var nodes = Gradient.Of(inputs.Losses[task], [.. representation, .. own.Select(parameter => parameter.Node)], given: representation);
        foreach (var (slot, gradient) in layout.Slots.Zip(nodes))
            yield return new PassOutput($"{slot.Name}/{task}", GraphCut.ToRows(gradient), rows.ViewAt(task * layout.Length + slot.Offset, slot.Shape.AsSpan()));
        foreach (var (parameter, gradient) in own.Zip(nodes.Skip(representation.Count)))
            yield return new PassOutput($"gradient/{parameter.Name}", gradient, gradients.View(parameter.Name));
    }

    /// <summary>The shape of the largest batch.</summary>
    private ImmutableArray<long> Extents(Node node) => [.. node.Shape.Select(dimension => dimension.IsKnown ? dimension.Value : inputs.Capacity)];

    /// <summary>Zeros where a larger batch has left its last rows, so that a balancer sees nothing of it.</summary>
    private void ClearBeyond(int count)
    {
        foreach (var slot in batched)
        {
            var used = slot.Length / inputs.Capacity * count;
            for (var task = 0; task < inputs.Losses.Count; task++)
                rows.Span.Slice(task * layout.Length + slot.Offset + used, slot.Length - used).Clear();
        }
    }
}
