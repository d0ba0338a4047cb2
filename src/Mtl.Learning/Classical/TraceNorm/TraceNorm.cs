using System.Globalization;
using Mtl.Learning.Classical.Linear;
using Mtl.Learning.Classical.Penalties;

namespace Mtl.Learning.Classical.TraceNorm;

/// <summary>
/// Trace norm: λ‖W‖_*, the tasks' weights lie in a common subspace of few dimensions. Source: Ji and Ye, "An Accelerated Gradient Method for Trace Norm Minimization", 2009; Argyriou, Evgeniou and Pontil, 2007.
/// </summary>
public sealed class TraceNorm(TraceNormOptions options) : LinearMethod(options)
{
    public override string Describe(double scale) => string.Create(CultureInfo.InvariantCulture, $"λ = {options.Lambda * scale:G4}");

    internal override PenaltySum At(double scale, LinearShape shape) => new(new TaskCoupling(0), new TraceNormPenalty(options.Lambda * scale));
}
