using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Architectures.DSelectK;

/// <summary>Options of <see cref="DSelectKGates"/>.</summary>
public sealed record DSelectKGatesOptions
{
    [Description("Binary digits of an expert's number: there are 2^bits experts, copies of the encoder's layers.")]
    [Range(1, 6)]
    public int Bits { get; init; } = 2;

    [Description("k: most experts that a task uses.")]
    [Range(1, 64)]
    public int Selected { get; init; } = 2;

    [Description("γ: width of the smooth step between 0 and 1.")]
    [Range(1e-3, 1e3)]
    public double Gamma { get; init; } = 1;

    [Description("λ: weight of the selectors' entropy in the objective, which drives each to a single expert.")]
    [Range(0.0, 1e3)]
    public double EntropyWeight { get; init; } = 1e-3;

    [Description("Whether every row chooses its experts, or each task the same ones for all rows.")]
    public bool PerExample { get; init; }

    [Description("Units of a hidden layer in each task's head; 0 for none.")]
    [Range(0, 4096)]
    public int HeadUnits { get; init; }
}
