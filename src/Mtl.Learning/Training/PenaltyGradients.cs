using Mtl.Graph;
using Mtl.Graph.Autodiff;
using Mtl.Learning.Architectures;
using Mtl.Runtime;

namespace Mtl.Learning.Training;

/// <summary>
/// The gradient of what the objective has beside the tasks' losses, where a balancer combines theirs: the balancer sees nothing of it. For a task's own parameters it goes with the loss's gradient, for shared
/// ones it is kept apart and added to what was combined.
/// </summary>
internal sealed class PenaltyGradients : IDisposable
{
    private readonly Dictionary<ParameterSpec, Node> nodes;
    private readonly AlignedBuffer<float> ofShared;

    public PenaltyGradients(Model model)
    {
        nodes = model.Penalty is not { } penalty
            ? []
            : model.Parameters
                .Zip(Gradient.Pullback([penalty], [penalty.Like(1)], [.. model.Parameters.Select(parameter => parameter.Node)]))
                .Where(entry => entry.Second is not null)
                .ToDictionary(entry => entry.First, entry => entry.Second!);
        ofShared = new AlignedBuffer<float>(nodes.Keys.Any(parameter => parameter.Task is null) ? model.SharedLength : 0);
        Shared = [.. nodes.Where(entry => entry.Key.Task is null).Select(entry =>
            new PassOutput($"gradient/{entry.Key.Name}/penalty", entry.Value, ofShared.ViewAt(model.Layout[entry.Key.Name].Offset, entry.Key.Shape)))];
    }

    /// <summary>What the pass computes for the shared parameters.</summary>
    public IReadOnlyList<PassOutput> Shared { get; }

    /// <summary>A loss's gradient of a task's own parameter with the penalty's.</summary>
    public Node WithOwn(ParameterSpec parameter, Node gradient) => parameter.Task is not null && nodes.TryGetValue(parameter, out var penalty) ? gradient + penalty : gradient;

    /// <summary>Adds the penalty's gradient to the combined one of the shared parameters.</summary>
    public void AddTo(Span<float> combined)
    {
        var gradient = ofShared.Span;
        for (var i = 0; i < gradient.Length; i++)
            combined[i] += gradient[i];
    }

    public void Dispose() => ofShared.Dispose();
}
