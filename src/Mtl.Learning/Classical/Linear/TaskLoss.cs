namespace Mtl.Learning.Classical.Linear;

/// <summary>One task's part of the objective, s · Σᵢ ℓ(yᵢ, xᵢ·W + b) over its own rows: convex, smooth, with gradient and Hessian. Coefficients are [outputs, features + 1], the intercept last.</summary>
internal abstract class TaskLoss(int features, int outputs)
{
    protected int Features => features;

    protected int Stride => features + 1;

    public int Outputs => outputs;

    /// <summary>Whether the Hessian does not depend on the coefficients.</summary>
    public virtual bool IsQuadratic => false;

    /// <summary>Gives the value and adds the gradient.</summary>
    public abstract double Evaluate(ReadOnlySpan<double> coefficients, Span<double> gradient);

    /// <summary>Adds H·v, H the Hessian at the coefficients.</summary>
    public abstract void AddHessianTimes(ReadOnlySpan<double> coefficients, ReadOnlySpan<double> v, Span<double> result);

    /// <summary>Adds one output's block of the Hessian, [features + 1, features + 1].</summary>
    public abstract void AddHessian(ReadOnlySpan<double> coefficients, int output, double[] hessian);

    /// <summary>Sets the intercepts that follow from the weights, where they were eliminated.</summary>
    public virtual void Complete(Span<double> coefficients)
    {
    }

    /// <summary>Squared error: s · ⟨y, y − X·w⟩ (centred), for the duality gap. NaN for other losses.</summary>
    public virtual double ResidualTimesLabels(ReadOnlySpan<double> coefficients) => double.NaN;
}
