using Orleans.Placement;

namespace Orleans.Concurrency;

/// <summary>On a grain class: one grain may have several activations, which take its requests side by side.</summary>
/// <param name="maxLocalWorkers">The most activations per grain; negative: as many as there are processors.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StatelessWorkerAttribute(int maxLocalWorkers) : PlacementAttribute
{
    /// <summary>As many activations per grain as there are processors.</summary>
    public StatelessWorkerAttribute() : this(-1)
    {
    }

    internal int MaxLocalWorkers { get; } = maxLocalWorkers < 0 ? Environment.ProcessorCount : maxLocalWorkers;
}
