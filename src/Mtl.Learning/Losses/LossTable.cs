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
            "absolute-error", "Absolute error",
            "Regression: errors count by their size, so that outliers count less; aims at the median.",
            "ℓ = |ŷ − y|,   in standard deviations of the training labels",
            "Laplace, Mémoire sur la probabilité des causes par les événements, 1774",
            (NoOptions _) => new AbsoluteError()
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
            "Classification: the negative logarithm of the true label's probability; tagging: its mean over a text's words.",
            "ℓ = log(1 + eᶻ) − y·z   (binary)\nℓ = −log softmax(z)ᵧ   (multiclass)",
            "Good, Rational Decisions, Journal of the Royal Statistical Society 1952",
            (NoOptions _) => new CrossEntropy()
        },
        {
            "focal", "Focal loss",
            "Classification: cross entropy in which rows that are predicted well count less.",
            "ℓ = −(1 − p)^γ · log p,   p the true label's probability",
            "Lin et al., Focal Loss for Dense Object Detection, ICCV 2017",
            (FocalOptions options) => new Focal(options.Gamma)
        },
        {
            "weighted-focal", "Class-weighted focal loss",
            "Classification: focal loss in which rare labels count more.",
            "ℓ = −wᵧ · (1 − p)^γ · log p,   w ∝ share^(−balance), Σ share·w = 1",
            "Lin et al., Focal Loss for Dense Object Detection, ICCV 2017, equation 5",
            (WeightedFocalOptions options) => new Focal(options.Gamma, options.Balance)
        },
        {
            "dice", "Dice loss",
            "Classification: one minus the smoothed Dice coefficient of probabilities and truth, for unbalanced labels.",
            "ℓ = 1 − (2Σ p·y + s) / (Σ p² + Σ y² + s)",
            "Li et al., Dice Loss for Data-imbalanced NLP Tasks, ACL 2020; Milletari et al., V-Net, 3DV 2016",
            (DiceOptions options) => new Dice(options)
        },
        {
            "gaussian-nll", "Gaussian negative log-likelihood",
            "Regression: predicts mean and standard deviation.",
            "ℓ = ½(s + (y − μ)²·e^(−s) + ln 2π),   s = ln σ²",
            "Nix and Weigend, Estimating the mean and variance of the target probability distribution, ICNN 1994",
            (NoOptions _) => new GaussianLikelihood()
        },
        {
            "quantile", "Quantile loss",
            "Regression: predicts quantiles of the target, which can't cross.",
            "ℓ = mean over τ of max(τ·e, (τ − 1)·e),   e = y − q_τ",
            "Koenker and Bassett, Regression Quantiles, Econometrica 1978",
            (QuantileOptions options) => new Quantile(options)
        },
    };

    /// <summary>The loss of a task that names none.</summary>
    public static Choice DefaultFor(TaskKind kind) => new(kind is TaskKind.Binary or TaskKind.Multiclass or TaskKind.Multilabel or TaskKind.Tagging ? "cross-entropy" : "squared-error");
}
