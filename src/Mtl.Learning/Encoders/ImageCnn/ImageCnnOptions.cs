using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Encoders.ImageCnn;

/// <summary>Options of <see cref="ImageCnn"/>.</summary>
public sealed record ImageCnnOptions
{
    [Description("Filters of each convolution, from the image on; each halves height and width after it.")]
    [Range(1, 1024)]
    public IReadOnlyList<int> Filters { get; init; } = [16, 32];

    [Description("Height and width of the filters.")]
    [Range(1, 11)]
    public int Kernel { get; init; } = 3;

    [Description("Units of the fully connected layer after the convolutions; 0 for none.")]
    [Range(0, 16384)]
    public int Units { get; init; } = 64;

    [Description("Fraction of the fully connected layer's units that a training step leaves out.")]
    [Range(0.0, 0.95)]
    public double Dropout { get; init; }
}
