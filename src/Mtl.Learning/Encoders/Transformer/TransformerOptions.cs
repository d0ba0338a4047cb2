using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Encoders.Transformer;

/// <summary>Options of <see cref="Transformer"/>.</summary>
public sealed record TransformerOptions
{
    [Description("Layers of attention and feed-forward.")]
    [Range(1, 48)]
    public int Layers { get; init; } = 2;

    [Description("Heads of each attention.")]
    [Range(1, 64)]
    public int Heads { get; init; } = 4;

    [Description("Numbers of each head; heads times this is the width of a token's state.")]
    [Range(1, 512)]
    public int HeadWidth { get; init; } = 16;

    [Description("Units of the feed-forward layers, in multiples of the state's width.")]
    [Range(1, 16)]
    public int Expansion { get; init; } = 4;

    [Description("Fraction of the embeddings' numbers and of what each part of a layer adds that a training step leaves out.")]
    [Range(0.0, 0.95)]
    public double Dropout { get; init; } = 0.1;
}
