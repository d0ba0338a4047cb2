using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Architectures.Soft;

/// <summary>Options of <see cref="SoftParameterSharing"/>.</summary>
public sealed record SoftParameterSharingOptions
{
    [Description("λ: how strongly the tasks' encoders are drawn together; 0 trains them apart, a very large one makes them one.")]
    [Range(0.0, 1e6)]
    public double Strength { get; init; } = 0.01;

    [Description("Units of a hidden layer in each task's head; 0 for none.")]
    [Range(0, 4096)]
    public int HeadUnits { get; init; }
}
