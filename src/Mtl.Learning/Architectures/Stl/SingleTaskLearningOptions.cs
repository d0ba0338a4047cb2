using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Architectures.Stl;

/// <summary>Options of <see cref="SingleTaskLearning"/>.</summary>
public sealed record SingleTaskLearningOptions
{
    [Description("Units of a hidden layer in each task's head; 0 for none.")]
    [Range(0, 4096)]
    public int HeadUnits { get; init; }
}
