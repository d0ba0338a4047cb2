using Mtl.Core;

namespace Mtl.Learning.Classical.Linear;

/// <summary>
/// A linear multi-task method: ŷ = X·w_c + b_c for each output column c, by minimising (1/n̄)·Σₜ Σᵢ ℓₜ(yᵢ, xᵢ·w + b) + penalties(W) with n̄ the mean number of labelled rows per task, so that tasks count by
/// their rows and strengths mean the same for any number of rows. ℓ is ½(y − ŷ)² for regression, the logistic loss for binary and the softmax loss for multiclass tasks. Features and
/// regression labels are standardised. Intercepts are never penalised.
/// </summary>
public abstract class LinearMethod(LinearOptions options)
{
    public LinearOptions Options => options;

    /// <summary>Whether no penalty ties one task's column to another's.</summary>
    public virtual bool IsSeparable => false;

    /// <summary>One model on all tasks' rows.</summary>
    public virtual bool IsPooled => false;

    /// <summary>Why the options do not suit so many columns; null when they do.</summary>
    public virtual Error? Misfit(int columns, int features) => null;

    /// <summary>The penalties with their strengths multiplied by <paramref name="scale"/>.</summary>
    internal abstract PenaltySum At(double scale, LinearShape shape);

    /// <summary>The strengths of a stage, for the log.</summary>
    public abstract string Describe(double scale);
}

/// <summary>A method's penalties.</summary>
/// <param name="Coupling">The smooth, quadratic one.</param>
/// <param name="Parts">One for each matrix that the coefficients are the sum of; empty when all is smooth.</param>
internal sealed record PenaltySum(TaskCoupling Coupling, params IReadOnlyList<Penalty> Parts);
