using Mtl.Core.Catalogue;
using Mtl.Learning.Catalogue;

namespace Mtl.Learning.Weightings;

/// <summary>The weightings and gradient balancers, a row each.</summary>
public static class WeightingTable
{
    public static MethodTable<MakeWeighting> Methods { get; } = new(MethodKind.Weighting)
    {
        {
            "ew", "Equal Weighting",
            "Every task's loss counts the same.",
            "λₜ = 1",
            "Caruana, Multitask Learning, Machine Learning 1997",
            (NoOptions _) => context => new EqualWeighting(context.Tasks.Count)
        },
        {
            "static", "Static weights",
            "Weights as given, constant over the run.",
            "λₜ as given",
            "Weighted sum of losses",
            (StaticOptions options) => context => StaticWeighting.Make(options, context.Tasks)
        },
        {
            "uw", "Uncertainty Weighting",
            "Learns a noise level per task; noisy tasks weigh less.",
            "minimise Σ ½e^(−sₜ)·Lₜ + ½sₜ over θ and s\nλₜ = ½e^(−sₜ)",
            "Kendall, Gal and Cipolla, Multi-Task Learning Using Uncertainty to Weigh Losses, CVPR 2018",
            (UncertaintyOptions options) => context => new UncertaintyWeighting(options, context.Tasks.Count)
        },
        {
            "dwa", "Dynamic Weight Average",
            "Tasks whose loss fell slower in the last epoch weigh more.",
            "wₜ = Lₜ(e−1) / Lₜ(e−2)\nλₜ = T · exp(wₜ/τ) / Σᵢ exp(wᵢ/τ)",
            "Liu, Johns and Davison, End-to-End Multi-Task Learning with Attention, CVPR 2019",
            (DwaOptions options) => context => new DynamicWeightAverage(options, context.Tasks.Count)
        },
        {
            "ascent", "Loss ascent",
            "Raises the weights of the tasks with large losses, keeping the weights' sum.",
            "λₖ ← λₖ + η·∂L/∂λₖ = λₖ + η·Lₖ\nλ ← T · λ / Σλ   (not in the source, where λ grows without bound)",
            "Seed document S4, section 3.3",
            (LossAscentOptions options) => context => new LossAscent(options, context.Tasks.Count)
        },
        {
            "pcgrad", "PCGrad (gradient surgery)",
            "Takes out of each task's gradient what conflicts with another's, then sums.",
            "for j ≠ i in random order: if gᵢ·gⱼ < 0: gᵢ ← gᵢ − (gᵢ·gⱼ)/‖gⱼ‖² · gⱼ\ng = Σ gᵢ",
            "Yu et al., Gradient Surgery for Multi-Task Learning, NeurIPS 2020",
            (NoOptions _) => context => new PcGrad(context.Tasks.Count, context.Seed)
        },
    };
}
