using Mtl.Core;
using Mtl.Core.Catalogue;

namespace Mtl.Dashboard.Tests.Development;

/// <summary>A few methods with every type of option.</summary>
internal sealed class DevelopmentCatalogue : ICatalogue
{
    public IReadOnlyList<MethodInfo> Methods { get; } =
    [
        new(MethodKind.Learner, "network", "Network", "Trains a network step by step.", "min Σ λ_t L_t", "–", []),
        new(MethodKind.FeatureSpace, "plain", "Features as they are", "The preprocessed columns.", "z = x", "–", []),
        new(MethodKind.Architecture, "hps", "Hard Parameter Sharing", "One encoder shared by all tasks, a small head for each.", "y_t = h_t(f(x))", "Caruana, Multitask Learning, 1997", []),
        new(MethodKind.Architecture, "stl", "Single-Task Learning", "An independent model for each task: the baseline.", "y_t = h_t(f_t(x))", "–", []),
        new(MethodKind.Encoder, "mlp", "Multi-layer perceptron", "Dense layers with ReLU and dropout.", "h_i = ReLU(W_i h_{i-1} + b_i)", "Rumelhart et al., 1986",
        [
            new("widths", OptionType.IntegerList, new long[] { 128, 64 }, "Units of each layer.", 1, 65_536),
            new("dropout", OptionType.Number, 0.1, "Share of units dropped while training.", 0, 0.95),
        ]),
        new(MethodKind.Fusion, "late", "Late fusion", "One layer mixes what the encoders give.", "r = relu(x·W + b)", "Ngiam et al., ICML 2011", []),
        new(MethodKind.Weighting, "ew", "Equal Weighting", "Every task counts the same.", "λ_t = 1", "–", []),
        new(MethodKind.Weighting, "uw", "Uncertainty Weighting", "Weights learned as the tasks' homoscedastic uncertainty.", "L = Σ_t L_t / (2σ_t²) + log σ_t", "Kendall et al., CVPR 2018", []),
        new(MethodKind.Weighting, "dwa", "Dynamic Weight Average", "Tasks whose loss falls slower count more.", "w_t = L_t(e−1) / L_t(e−2)\nλ_t = T · softmax(w / τ)_t", "Liu et al., CVPR 2019",
            [new("temperature", OptionType.Number, 2d, "τ, evens the weights out.", 0.01, 100)]),
        new(MethodKind.Optimizer, "adam", "Adam", "Adaptive moments.", "θ ← θ − η m̂ / (√v̂ + ε)", "Kingma and Ba, ICLR 2015",
        [
            new("learningRate", OptionType.Number, 0.001, "η, step size.", 0, 10),
            new("amsgrad", OptionType.Boolean, false, "Keep the greatest second moment."),
        ]),
        new(MethodKind.Optimizer, "sgd", "SGD with momentum", "Gradient steps with a moving average.", "v ← μv + g;  θ ← θ − ηv", "Polyak, 1964",
            [new("learningRate", OptionType.Number, 0.01, "η, step size.", 0, 10), new("nesterov", OptionType.Choice, "no", "Look-ahead gradient.", Choices: ["no", "yes"])]),
        new(MethodKind.Tokenizer, "words", "Words", "Texts as words.", "w₁ w₂ …", "–", []),
        new(MethodKind.Regularizer, "l21", "Group lasso", "Rows of zeros.", "R = w Σ ‖row‖", "–", [new("weight", OptionType.Number, 0.001, "w.", 0, 1000)]),
        new(MethodKind.Schedule, "constant", "Constant rate", "The learning rate at every step.", "η_t = η", "–", []),
        new(MethodKind.Schedule, "step", "Step decay", "Falls every so many epochs.", "η_e = η · γ^⌊(e − 1) / n⌋", "–", [new("epochs", OptionType.Integer, 10L, "Epochs from one fall to the next.", 1, 1000)]),
        new(MethodKind.Loss, "squared-error", "Squared error", "For regression.", "(y − ŷ)²", "Gauss, 1809", []),
        new(MethodKind.Loss, "huber", "Huber", "Squared near zero, absolute beyond.", "½r² for |r| ≤ δ, else δ(|r| − ½δ)", "Huber, 1964", [new("delta", OptionType.Number, 1d, "δ, in standard deviations.", 0.001, 1000)]),
        new(MethodKind.Metric, "rmse", "RMSE", "Root of the mean squared error, in the column's units.", "√mean((y − ŷ)²)", "–", []),
        new(MethodKind.Metric, "r2", "R²", "Share of the variance that is explained.", "1 − Σ(y − ŷ)² / Σ(y − ȳ)²", "Wright, 1921", []),
        new(MethodKind.Metric, "roc_auc", "ROC AUC", "Chance that a positive row scores above a negative one.", "P(s⁺ > s⁻)", "Hanley and McNeil, 1982", []),
        new(MethodKind.Metric, "accuracy", "Accuracy", "Share of rows whose most probable label is right.", "mean[ŷ = y]", "–", []),
    ];

    public Result<MethodInfo> Find(MethodKind kind, string key) => Methods.FirstOrDefault(method => method.Kind == kind && method.Key == key) is { } found
        ? found
        : Error.NotFound($"There is no {kind} '{key}'.");

    public Result<Choice> Complete(MethodKind kind, Choice choice) => Find(kind, choice.Key).Map(_ => choice);
}
