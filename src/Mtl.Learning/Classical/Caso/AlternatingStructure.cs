using System.Globalization;
using Mtl.Learning.Classical.Linear;
using Mtl.Learning.Classical.Penalties;

namespace Mtl.Learning.Classical.Caso;

/// <summary>
/// Convex alternating structure optimisation: ½λη·tr(Wᵀ(ηI + M)⁻¹W) over 0 ⪯ M ⪯ I, tr M ≤ h, where M relaxes the projection on a subspace of features that the tasks share. Solved exactly through the singular
/// values of W. (Without a term of its own for the mean, clustered multi-task learning is the same problem: Zhou, Chen and Ye, 2011.)
/// Source: Chen, Tang, Liu and Ye, "A Convex Formulation for Learning Shared Structures from Multiple Tasks", 2009.
/// </summary>
public sealed class AlternatingStructure(AlternatingStructureOptions options) : LinearMethod(options)
{
    public override string Describe(double scale) => string.Create(CultureInfo.InvariantCulture, $"λ = {options.Lambda * scale:G4}");

    internal override PenaltySum At(double scale, LinearShape shape) => new(new TaskCoupling(0), new SubspacePenalty(options.Lambda * scale, options.Softness, options.Dimensions));
}
