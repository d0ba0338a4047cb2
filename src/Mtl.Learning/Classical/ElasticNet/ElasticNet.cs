using System.Globalization;
using Mtl.Learning.Classical.Linear;
using Mtl.Learning.Classical.Penalties;

namespace Mtl.Learning.Classical.ElasticNet;

/// <summary>
/// Elastic net: λρ‖W‖₁ + ½λ(1 − ρ)‖W‖², or with the group norm ‖W‖₂,₁ in place of the first for features that all tasks choose together.
/// Source: Zou and Hastie, "Regularization and Variable Selection via the Elastic Net", 2005.
/// </summary>
public sealed class ElasticNet(ElasticNetOptions options) : LinearMethod(options)
{
    public override bool IsSeparable => options.Selection == FeatureSelection.PerTask;

    public override string Describe(double scale) => string.Create(CultureInfo.InvariantCulture, $"λ = {options.Lambda * scale:G4}, ρ = {options.L1Ratio:G4}");

    internal override PenaltySum At(double scale, LinearShape shape) => new(
        new TaskCoupling(options.Lambda * scale * (1 - options.L1Ratio)),
        options.Selection == FeatureSelection.Joint ? new RowGroupPenalty(options.Lambda * scale * options.L1Ratio) : new L1Penalty(options.Lambda * scale * options.L1Ratio));
}
