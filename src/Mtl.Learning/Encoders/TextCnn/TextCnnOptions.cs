using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Encoders.TextCnn;

/// <summary>Options of <see cref="TextCnn"/>.</summary>
public sealed record TextCnnOptions
{
    [Description("Numbers of each token's embedding.")]
    [Range(1, 4096)]
    public int Width { get; init; } = 64;

    [Description("Tokens that the filters span, a bank of filters for each.")]
    [Range(1, 31)]
    public IReadOnlyList<int> Kernels { get; init; } = [1, 3, 5];

    [Description("Filters of each bank.")]
    [Range(1, 4096)]
    public int Filters { get; init; } = 64;

    [Description("Fraction of the embeddings' numbers that a training step leaves out.")]
    [Range(0.0, 0.95)]
    public double Dropout { get; init; } = 0.1;
}
