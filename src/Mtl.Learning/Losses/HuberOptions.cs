using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Losses;

/// <summary>Options of <see cref="Huber"/>.</summary>
public sealed record HuberOptions
{
    [Description("Error from which the loss grows linearly, in standard deviations of the training labels.")]
    [Range(1e-3, 1e3)]
    public double Delta { get; init; } = 1;
}
