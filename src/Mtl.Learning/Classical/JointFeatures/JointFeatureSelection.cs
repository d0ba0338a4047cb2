using System.Globalization;
using Mtl.Learning.Classical.Linear;
using Mtl.Learning.Classical.Penalties;

namespace Mtl.Learning.Classical.JointFeatures;

/// <summary>
/// Joint feature selection: λ‖W‖₂,₁, the tasks choose the same features. Sources: Argyriou, Evgeniou and Pontil, "Multi-Task Feature Learning", 2007; Obozinski, Taskar and Jordan, "Joint Covariate
/// Selection", 2010.
/// </summary>
public sealed class JointFeatureSelection(JointFeatureSelectionOptions options) : LinearMethod(options)
{
    public override string Describe(double scale) => string.Create(CultureInfo.InvariantCulture, $"λ = {options.Lambda * scale:G4}");

    internal override PenaltySum At(double scale, LinearShape shape) => new(new TaskCoupling(0), new RowGroupPenalty(options.Lambda * scale));
}
