using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Encoders.TemporalCnn;

/// <summary>Options of <see cref="TemporalCnn"/>.</summary>
public sealed record TemporalCnnOptions
{
    [Description("Moments of each window; a shorter series is one window.")]
    [Range(1, 4096)]
    public int Window { get; init; } = 16;

    [Description("Moments from one window's start to the next one's.")]
    [Range(1, 4096)]
    public int Stride { get; init; } = 8;

    [Description("Filters of each convolution within a window.")]
    [Range(1, 1024)]
    public IReadOnlyList<int> Filters { get; init; } = [32, 32];

    [Description("Moments that the filters span.")]
    [Range(1, 31)]
    public int Kernel { get; init; } = 3;

    [Description("Units of the layer that joins the windows in their order; 0 for none.")]
    [Range(0, 16384)]
    public int Units { get; init; } = 64;

    [Description("Fraction of the joining layer's units that a training step leaves out.")]
    [Range(0.0, 0.95)]
    public double Dropout { get; init; }
}
