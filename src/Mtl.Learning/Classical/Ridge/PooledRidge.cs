using System.Globalization;
using Mtl.Learning.Classical.Linear;

namespace Mtl.Learning.Classical.Ridge;

/// <summary>One ridge regression on the rows of all tasks, which takes the tasks for one: S1's two data sets stacked. For tasks of one kind.</summary>
public sealed class PooledRidge(RidgeOptions options) : LinearMethod(options)
{
    public override bool IsPooled => true;

    public override string Describe(double scale) => string.Create(CultureInfo.InvariantCulture, $"λ = {options.Lambda * scale:G4}");

    internal override PenaltySum At(double scale, LinearShape shape) => new(new TaskCoupling(options.Lambda * scale));
}
