namespace Mtl.Learning.Classical.Linear;

/// <summary>A convex penalty R on the weights (never the intercepts), through its proximal map.</summary>
internal abstract class Penalty
{
    public abstract double Value(LinearShape shape, ReadOnlySpan<double> w);

    /// <summary>Replaces w by argmin over u of ½‖u − w‖² + step·R(u), and gives R there.</summary>
    public abstract double Prox(LinearShape shape, Span<double> w, double step);

    /// <summary>Largest κ from 0 to 1 for which R*(κ·g), the convex conjugate, is finite.</summary>
    public virtual double DualScale(LinearShape shape, ReadOnlySpan<double> g) => 1;

    /// <summary>R*(g), given that it is finite; 0 for a norm.</summary>
    public virtual double Conjugate(LinearShape shape, ReadOnlySpan<double> g) => 0;

    /// <summary>Whether R is a norm, so that R* is 0 or infinite.</summary>
    public virtual bool IsNorm => true;

    /// <summary>The scale that brings a dual norm within a norm's strength.</summary>
    protected static double Within(double strength, double dualNorm) => dualNorm <= strength ? 1 : strength / dualNorm;
}
