using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Architectures.Mtan;

/// <summary>Options of <see cref="MultiTaskAttentionNetwork"/>.</summary>
public sealed record MultiTaskAttentionNetworkOptions
{
    [Description("Units of a hidden layer in each task's head; 0 for none.")]
    [Range(0, 4096)]
    public int HeadUnits { get; init; }
}
