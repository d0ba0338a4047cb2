using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Encoders.Fusion;

/// <summary>Options of <see cref="LateFusion"/>.</summary>
public sealed record LateFusionOptions
{
    [Description("Units of the layer that mixes the modalities; 0 for as many as the modalities have on average.")]
    [Range(0, 16384)]
    public int Width { get; init; }
}
