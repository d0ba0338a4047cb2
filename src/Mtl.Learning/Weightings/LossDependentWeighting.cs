using Mtl.Graph;

namespace Mtl.Learning.Weightings;

/// <summary>
/// A weighting whose λ depends on the losses of the very batch it weighs, so that λ is computed in the step's graph, between forward and backward pass, and held fixed in the latter. What it has learned comes in
/// as <see cref="LossWeighting.Weights"/>. A loss of 0 is that of an absent task: its λ is 0.
/// </summary>
public abstract class LossDependentWeighting : LossWeighting
{
    public override bool NeedsPositiveLosses => true;

    /// <summary>λ by task.</summary>
    /// <param name="losses">Scalars, or tensors of one shape, by task.</param>
    /// <param name="weights">What <see cref="LossWeighting.Weights"/> holds, scalars by task.</param>
    public abstract IReadOnlyList<Node> Lambdas(IReadOnlyList<Node> losses, IReadOnlyList<Node> weights);

    /// <summary>1 where the task is present.</summary>
    protected static Node[] Presence(IReadOnlyList<Node> losses) => [.. losses.Select(loss => loss.Greater(0).Cast(loss.ElementType))];

    /// <summary>log L, finite for a loss of 0.</summary>
    protected static Node Log(Node loss) => loss.Max(1e-20).Log();
}

/// <summary>A weighting that learns from what a step did to the losses of its own batch.</summary>
public interface ILearnsFromEffect
{
    /// <param name="before">The losses that the step began with, [tasks]; an absent task's entry is not read.</param>
    /// <param name="after">The losses of the same batch, with the same dropout, after the step.</param>
    /// <param name="present">Whether the task had labelled rows, [tasks].</param>
    void LearnFromEffect(ReadOnlySpan<float> before, ReadOnlySpan<float> after, ReadOnlySpan<bool> present);
}
