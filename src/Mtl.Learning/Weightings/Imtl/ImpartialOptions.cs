using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Weightings;

/// <summary>Options of <see cref="ImpartialMtl"/>.</summary>
public sealed record ImpartialOptions
{
    [Description("Learn a scale of each loss (IMTL-L) before balancing the gradients (IMTL-G).")]
    public bool ScaleLosses { get; init; } = true;

    [Description("Step size of the scales' own Adam.")]
    [Range(0.0, 1.0)]
    public double LearningRate { get; init; } = 0.001;
}
