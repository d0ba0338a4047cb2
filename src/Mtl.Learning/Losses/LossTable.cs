using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Learning.Catalogue;

namespace Mtl.Learning.Losses;

/// <summary>The losses, a row each.</summary>
public static class LossTable
{
    public static MethodTable<ILoss> Methods { get; } = new(MethodKind.Loss)
    {
        {
            "squared-error", "Squared error",
            "Regression: errors count by their square.",
            "ℓ = (ŷ − y)²,   in units of the training labels' variance",
            "Gauss, Theoria motus, 1809",
            (NoOptions _) => new SquaredError()
        },
        {
            "huber", "Huber loss",
            "Regression: squared for small errors, linear for large ones, so that outliers count less.",
            "ℓ = ½e² for |e| ≤ δ, δ(|e| − ½δ) beyond,   e = ŷ − y",
            "Huber, Robust Estimation of a Location Parameter, Annals of Mathematical Statistics 1964",
            (HuberOptions options) => new Huber(options)
        },
        {
            "cross-entropy", "Cross entropy",
            "Classification: the negative logarithm of the true label's probability.",
            "ℓ = log(1 + eᶻ) − y·z   (binary)\nℓ = −log softmax(z)ᵧ   (multiclass)",
            "Good, Rational Decisions, Journal of the Royal Statistical Society 1952",
            (NoOptions _) => new CrossEntropy()
        },
    };

    /// <summary>The loss of a task that names none.</summary>
    public static Choice DefaultFor(TaskKind kind) => new(kind == TaskKind.Regression ? "squared-error" : "cross-entropy");
}
