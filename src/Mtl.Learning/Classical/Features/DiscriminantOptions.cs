using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Classical.Features;

/// <summary>Options of <see cref="LinearDiscriminants"/>.</summary>
public sealed record DiscriminantOptions
{
    [Description("The classification task whose labels count; empty for the discriminants of all of them side by side.")]
    public string Task { get; init; } = "";

    [Description("Added to the variance within classes, relative to its mean: keeps directions without variance from counting for all.")]
    [Range(1e-12, 10.0)]
    public double Shrinkage { get; init; } = 1e-4;
}
