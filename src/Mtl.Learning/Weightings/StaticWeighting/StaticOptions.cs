using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Weightings;

/// <summary>Options of <see cref="StaticWeighting"/>.</summary>
public sealed record StaticOptions
{
    [Description("λ of each task, in the order of the tasks; empty for 1 each.")]
    [Range(0.0, 1e6)]
    public IReadOnlyList<double> Weights { get; init; } = [];
}
