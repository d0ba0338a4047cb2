using Mtl.Learning.Weightings;

namespace Mtl.Learning.Training;

/// <summary>How a step gets from the batch to the gradients of all parameters. A run allocates no managed memory.</summary>
internal interface IGradientPass : IDisposable
{
    /// <summary>The tasks' gradients that a balancer combines, [tasks, length]; empty where the losses are weighed instead.</summary>
    GradientMatrix TaskGradients { get; }

    /// <summary>Where a balancer writes the combined gradient, [length].</summary>
    Span<float> Combined { get; }

    /// <summary>Losses and gradients of the batch that the inputs hold.</summary>
    /// <param name="weights">λ by task; of use only where the losses are weighed.</param>
    void Run(ReadOnlySpan<float> weights);

    /// <summary>Takes the combined gradient on to the shared parameters, and adds the penalty's to all.</summary>
    void Finish();
}
