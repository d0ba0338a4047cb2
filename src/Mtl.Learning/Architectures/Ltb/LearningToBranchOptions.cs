using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Architectures.Ltb;

/// <summary>Options of <see cref="LearningToBranch"/>.</summary>
public sealed record LearningToBranchOptions
{
    [Description("Nodes of each layer among which branches are learned; 0 for one per task.")]
    [Range(0, 64)]
    public int Nodes { get; init; }

    [Description("Epochs at the start in which every branch counts the same, so that the nodes learn before they are chosen among.")]
    [Range(0, 10000)]
    public int WarmupEpochs { get; init; } = 2;

    [Description("Epochs after that over which the temperature falls geometrically.")]
    [Range(1, 10000)]
    public int AnnealEpochs { get; init; } = 8;

    [Description("τ after the warm-up: the higher, the more even the mixture of branches.")]
    [Range(1e-2, 1e3)]
    public double InitialTemperature { get; init; } = 5;

    [Description("τ at the end: the lower, the nearer to a single branch.")]
    [Range(1e-2, 1e3)]
    public double FinalTemperature { get; init; } = 0.1;

    [Description("Units of a hidden layer in each task's head; 0 for none.")]
    [Range(0, 4096)]
    public int HeadUnits { get; init; }
}
