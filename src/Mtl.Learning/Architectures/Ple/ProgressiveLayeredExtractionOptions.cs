using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Architectures.Ple;

/// <summary>Options of <see cref="ProgressiveLayeredExtraction"/>.</summary>
public sealed record ProgressiveLayeredExtractionOptions
{
    [Description("Experts of each level that all tasks share.")]
    [Range(1, 64)]
    public int SharedExperts { get; init; } = 2;

    [Description("Experts of each level for each task.")]
    [Range(1, 64)]
    public int TaskExperts { get; init; } = 1;

    [Description("Units of a hidden layer in each task's head; 0 for none.")]
    [Range(0, 4096)]
    public int HeadUnits { get; init; }
}
