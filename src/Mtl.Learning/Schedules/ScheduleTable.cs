using Mtl.Core.Catalogue;
using Mtl.Learning.Catalogue;

namespace Mtl.Learning.Schedules;

/// <summary>The learning-rate schedules, a row each. Each is multiplied by the warm-up min(1, t/warmupSteps).</summary>
public static class ScheduleTable
{
    public static MethodTable<MakeSchedule> Methods { get; } = new(MethodKind.Schedule)
    {
        {
            "constant", "Constant rate",
            "The optimiser's learning rate at every step.",
            "lrₜ = lr",
            "Robbins and Monro, A Stochastic Approximation Method, Annals of Mathematical Statistics 1951",
            (NoOptions _) => _ => new ConstantSchedule()
        },
        {
            "step", "Step decay",
            "Falls by a factor every so many epochs.",
            "lrₑ = lr · γ^⌊(e − 1)/n⌋",
            "He et al., Deep Residual Learning for Image Recognition, CVPR 2016",
            (StepOptions options) => context => new StepSchedule(options, context)
        },
        {
            "cosine", "Cosine decay",
            "Falls along half a cosine over all epochs, slowly at both ends.",
            "lrₜ = lr · (m + (1 − m)·½(1 + cos(π·(t − 1)/total)))",
            "Loshchilov and Hutter, SGDR: Stochastic Gradient Descent with Warm Restarts, ICLR 2017",
            (CosineOptions options) => context => new CosineSchedule(options, context)
        },
        {
            "one-cycle", "One cycle",
            "Rises to the optimiser's rate, its highest, and falls far below its start, in one cycle over the run.",
            "lr/d₀ → lr in the first share of the steps, → lr/(d₀·d₁) at the end, each along half a cosine",
            "Smith and Topin, Super-Convergence: Very Fast Training of Neural Networks Using Large Learning Rates, 2018",
            (OneCycleOptions options) => context => new OneCycleSchedule(options, context)
        },
        {
            "plateau", "Reduce on plateau",
            "Falls by a factor whenever the validation score has not become better for some epochs.",
            "lr ← max(m, γ·lr) after more than p epochs without a score below (1 − τ)·best",
            "PyTorch, ReduceLROnPlateau",
            (PlateauOptions options) => _ => new PlateauSchedule(options)
        },
    };
}
