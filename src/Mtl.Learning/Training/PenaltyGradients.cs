using System.Numerics.Tensors;
using Mtl.Graph;
using Mtl.Graph.Autodiff;
using Mtl.Learning.Architectures;
using Mtl.Runtime;

namespace Mtl.Learning.Training;

/// <summary>
/// The gradient of what the objective has beside the tasks' losses, where a balancer combines theirs: the balancer sees nothing of it. It is kept apart, and added to what was combined and scaled.
/// </summary>
internal sealed class PenaltyGradients : IDisposable
{
    private readonly FlatBuffer? gradients;

    public PenaltyGradients(Model model)
    {
        if (model.Penalty is not { } penalty)
            return;
        gradients = new FlatBuffer(model.Layout);
        Outputs = [.. model.Parameters
            .Zip(Gradient.Pullback([penalty], [penalty.Like(1)], [.. model.Parameters.Select(parameter => parameter.Node)]))
            .Where(entry => entry.Second is not null)
            .Select(entry => new PassOutput($"gradient/{entry.First.Name}/penalty", entry.Second!, gradients.View(entry.First.Name)))];
    }

    /// <summary>What the pass computes.</summary>
    public IReadOnlyList<PassOutput> Outputs { get; } = [];

    /// <summary>Adds the penalty's gradient to that of all parameters.</summary>
    public void AddTo(Span<float> all)
    {
        if (gradients is not null)
            TensorPrimitives.Add(all, gradients.All, all);
    }

    public void Dispose() => gradients?.Dispose();
}
