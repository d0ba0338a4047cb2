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
            "mean", "Mean of the losses",
            "Every task's loss counts the same, and their sum weighs as much as one.",
            "λₜ = 1/T",
            "Caruana, Multitask Learning, Machine Learning 1997",
            (NoOptions _) => context => new EqualWeighting(context.Tasks.Count, 1f / context.Tasks.Count)
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
            "gls", "Geometric Loss Strategy",
            "Descends the geometric mean of the losses, which no loss's unit changes.",
            "minimise (Π Lₜ)^(1/T)\nλₜ = (Π Lᵢ)^(1/T) / (T·Lₜ)",
            "Chennupati et al., MultiNet++: Multi-Stream Feature Aggregation and Geometric Loss Strategy for Multi-Task Learning, CVPR workshops 2019",
            (NoOptions _) => context => new GeometricLossStrategy(context.Tasks.Count)
        },
        {
            "rlw", "Random Loss Weighting",
            "Draws new weights for each step: what other weightings have to beat.",
            "z ~ N(0, I)\nλ = softmax(z)",
            "Lin et al., Reasonable Effectiveness of Random Weighting: A Litmus Test for Multi-Task Learning, TMLR 2022",
            (NoOptions _) => context => new RandomLossWeighting(context.Tasks.Count, context.Seed)
        },
        {
            "famo", "FAMO",
            "Lets all losses fall at the same rate, without a gradient per task.",
            "z = softmax(w), λₜ = c·zₜ/Lₜ, Σλ = 1\nafter the step: δₜ = log Lₜ − log L′ₜ, w descends zₜ(δₜ − Σ zᵢδᵢ)",
            "Liu et al., FAMO: Fast Adaptive Multitask Optimization, NeurIPS 2023",
            (FamoOptions options) => context => new Famo(options, context.Tasks.Count)
        },
        {
            "stch", "Smooth Tchebycheff scalarization",
            "Descends a smooth maximum of the losses relative to those of an early epoch.",
            "minimise T·μ·log Σ exp(log(Lₜ/zₜ)/μ)\nλₜ = T·softmax(log(L/z)/μ)ₜ / Lₜ;  in the warm-up λₜ = 1/Lₜ",
            "Lin et al., Smooth Tchebycheff Scalarization for Multi-Objective Optimization, ICML 2024",
            (StchOptions options) => context => new SmoothTchebycheff(options, context.Tasks.Count)
        },
        {
            "pcgrad", "PCGrad (gradient surgery)",
            "Takes out of each task's gradient what conflicts with another's, then sums.",
            "for j ≠ i in random order: if gᵢ·gⱼ < 0: gᵢ ← gᵢ − (gᵢ·gⱼ)/‖gⱼ‖² · gⱼ\ng = Σ gᵢ",
            "Yu et al., Gradient Surgery for Multi-Task Learning, NeurIPS 2020",
            (NoOptions _) => context => new PcGrad(context.Tasks.Count, context.Seed)
        },
        {
            "gradvac", "GradVac (gradient vaccine)",
            "Raises the cosines between the tasks' gradients to their running means, then sums.",
            "for j ≠ i in random order, φ = cos(gᵢ, gⱼ): if φ < φ̂ᵢⱼ:\n  gᵢ ← gᵢ + ‖gᵢ‖(φ̂√(1−φ²) − φ√(1−φ̂²)) / (‖gⱼ‖√(1−φ̂²)) · gⱼ\n  φ̂ᵢⱼ ← (1−β)φ̂ᵢⱼ + βφ\ng = Σ gᵢ",
            "Wang et al., Gradient Vaccine: Investigating and Improving Multi-task Optimization in Massively Multilingual Models, ICLR 2021",
            (GradVacOptions options) => context => new GradVac(options, context.Tasks.Count, context.Seed)
        },
        {
            "graddrop", "GradDrop (gradient sign dropout)",
            "Keeps one sign of the tasks' gradients in each element, at random by how much they agree.",
            "P = ½(1 + Σgₜ / Σ|gₜ|), U uniform, by element\ng = Σ gₜ·[gₜ > 0] where P > U, else Σ gₜ·[gₜ < 0]",
            "Chen et al., Just Pick a Sign: Optimizing Deep Multitask Models with Gradient Sign Dropout, NeurIPS 2020",
            (GradDropOptions options) => context => new GradDrop(options, context.Tasks.Count, context.Seed)
        },
        {
            "gradnorm", "GradNorm",
            "Learns weights that bring the gradients' norms to one size, larger for tasks that train slower.",
            "w = T·softmax(z), Gₜ = wₜ‖gₜ‖, rₜ = (Lₜ/L⁰ₜ) / mean(L/L⁰)\nz descends Σ |Gₜ − mean(G)·rₜ^α|\ng = Σ wₜgₜ",
            "Chen et al., GradNorm: Gradient Normalization for Adaptive Loss Balancing in Deep Multitask Networks, ICML 2018",
            (GradNormOptions options) => context => new GradNorm(options, context.Tasks.Count)
        },
        {
            "mgda", "MGDA",
            "Takes the shortest convex combination of the gradients: no task's loss rises.",
            "g = Σ λₜgₜ, λ = argmin ‖Σ λₜgₜ‖ over λ ≥ 0, Σλ = 1",
            "Désidéri, Multiple-gradient descent algorithm, 2012; Sener and Koltun, Multi-Task Learning as Multi-Objective Optimization, NeurIPS 2018",
            (MgdaOptions options) => context => new Mgda(options, context.Tasks.Count)
        },
        {
            "imtl", "IMTL (impartial multi-task learning)",
            "Equal projections onto all tasks' gradients, and losses scaled to one size.",
            "g = Σ αₜgₜ, Σα = 1, g·gₜ/‖gₜ‖ the same for all t\nlosses e^(sₜ)Lₜ, s descends Σ e^(sₜ)Lₜ − sₜ",
            "Liu et al., Towards Impartial Multi-task Learning, ICLR 2021",
            (ImpartialOptions options) => context => new ImpartialMtl(options, context.Tasks.Count)
        },
        {
            "cagrad", "CAGrad (conflict-averse descent)",
            "Of all directions near the mean gradient, the one that helps the worst-off task most.",
            "max over d of minₜ gₜ·d, ‖d − g₀‖ ≤ c‖g₀‖, g₀ the mean\nd = g₀ + c‖g₀‖·g_w/‖g_w‖",
            "Liu et al., Conflict-Averse Gradient Descent for Multi-task Learning, NeurIPS 2021",
            (CaGradOptions options) => context => new CaGrad(options, context.Tasks.Count)
        },
        {
            "nash-mtl", "Nash-MTL",
            "The tasks bargain over the direction; the sizes of their gradients do not matter.",
            "g = Σ αₜgₜ, G = J·Jᵀ, (Gα)ₜ = 1/αₜ",
            "Navon et al., Multi-Task Learning as a Bargaining Game, ICML 2022",
            (NashMtlOptions options) => context => new NashMtl(options, context.Tasks.Count)
        },
        {
            "fairgrad", "FairGrad",
            "Shares the improvement fairly among the tasks, as α says.",
            "g = Σ wₜgₜ, G = J·Jᵀ, (Gw)ₜ = wₜ^(−1/α)",
            "Ban and Ji, Fair Resource Allocation in Multi-Task Learning, ICML 2024",
            (FairGradOptions options) => context => new FairGrad(options, context.Tasks.Count)
        },
        {
            "aligned-mtl", "Aligned-MTL",
            "Brings the principal components of the gradients to one length.",
            "G = J·Jᵀ = V·diag(σ²)·Vᵀ\ng = Σ αₜgₜ, α = σ_min · V·diag(1/σ)·Vᵀ · 1/T",
            "Senushkin et al., Independent Component Alignment for Multi-Task Learning, CVPR 2023",
            (NoOptions _) => context => new AlignedMtl(context.Tasks.Count)
        },
        {
            "upgrad", "UPGrad (unconflicting projection)",
            "Projects each gradient onto the directions that conflict with no task, then averages.",
            "g = 1/T Σ π(gₜ), π the projection onto {d : J·d ≥ 0}",
            "Quinton and Rey, Jacobian Descent for Multi-Objective Optimization, 2024",
            (DualConeOptions options) => context => new UpGrad(options, context.Tasks.Count)
        },
        {
            "dualproj", "DualProj (gradient episodic memory)",
            "Projects the mean gradient onto the directions that conflict with no task.",
            "g = π(1/T Σ gₜ), π the projection onto {d : J·d ≥ 0}",
            "Lopez-Paz and Ranzato, Gradient Episodic Memory for Continual Learning, NeurIPS 2017",
            (DualConeOptions options) => context => new DualProj(options, context.Tasks.Count)
        },
        {
            "config", "ConFIG",
            "The direction with the same cosine to every gradient, as long as their projections onto it.",
            "v = U⁺·1, U the unit gradients, v̂ = v/‖v‖\ng = (Σ gₜ·v̂)·v̂",
            "Liu, Chu and Thuerey, ConFIG: Towards Conflict-free Training of Physics Informed Neural Networks, ICLR 2025",
            (NoOptions _) => context => new ConFig(context.Tasks.Count)
        },
        {
            "cr-mogm", "CR-MOGM",
            "Smooths another balancer's coefficients over the steps.",
            "λ ← α·λ + (1 − α)·λ̂\ng = Σ λₜgₜ",
            "Zhou et al., On the Convergence of Stochastic Multi-Objective Gradient Manipulation and Beyond, NeurIPS 2022",
            (CrMogmOptions options) => context => new CrMogm(options, context.Tasks.Count, context.Seed)
        },
        {
            "krum", "Multi-Krum",
            "Averages the gradients that lie nearest to the others; some may be arbitrarily wrong.",
            "sᵢ = Σ ‖gᵢ − gⱼ‖ over the n − f − 2 nearest j\ng = mean of the m gradients of least s",
            "Blanchard et al., Machine Learning with Adversaries: Byzantine Tolerant Gradient Descent, NeurIPS 2017",
            (KrumOptions options) => context => Krum.Make(options, context.Tasks.Count)
        },
        {
            "trimmed-mean", "Trimmed mean",
            "Averages the tasks' gradients element by element without the extremes.",
            "g = mean of gₜ without the k largest and smallest, by element",
            "Yin et al., Byzantine-Robust Distributed Learning: Towards Optimal Statistical Rates, ICML 2018",
            (TrimmedMeanOptions options) => context => TrimmedMean.Make(options, context.Tasks.Count)
        },
        {
            "moco", "MoCo (multi-objective correction)",
            "Tracks the tasks' gradients over the steps and moves the weights towards the least norm.",
            "yₜ ← yₜ − β(yₜ − Lₜ·gₜ/‖gₜ‖)\nλ ← softmax(λ − γ(YYᵀ + ρI)λ)\ng = Σ λₜyₜ",
            "Fernando et al., Mitigating Gradient Bias in Multi-objective Learning: A Provably Convergent Approach, ICLR 2023",
            (MoCoOptions options) => context => new MoCo(options, context.Tasks.Count)
        },
        {
            "excess-mtl", "ExcessMTL",
            "Weighs by how far each task still is from its own optimum.",
            "ε̂ₜ = gₜᵀ·diag(Σg²)^(−½)·gₜ\nλₜ ← λₜ·exp(η·ε̂ₜ/ε̂ₜ⁽¹⁾), Σλ = T\ng = Σ λₜgₜ",
            "He et al., Robust Multi-Task Learning with Excess Risks, ICML 2024",
            (ExcessMtlOptions options) => context => new ExcessMtl(options, context.Tasks.Count)
        },
        {
            "db-mtl", "DB-MTL (dual balancing)",
            "Balances the losses by their logarithms and the gradients by their largest norm.",
            "ĝₜ ← β·ĝₜ + (1 − β)·gₜ/Lₜ\ng = Σ (maxᵢ‖ĝᵢ‖ / ‖ĝₜ‖)·ĝₜ",
            "Lin et al., Dual-Balancing for Multi-Task Learning, 2023",
            (DbMtlOptions options) => context => new DbMtl(options, context.Tasks.Count)
        },
        {
            "modo", "MoDo (double sampling)",
            "Moves the weights towards the least norm with two independent batches, without bias.",
            "λ ← Π(λ − γ(G₁G₂ᵀλ + ρλ)) onto the simplex\ng = Σ λₜgₜ",
            "Chen et al., Three-Way Trade-Off in Multi-Objective Learning: Optimization, Generalization and Conflict-Avoidance, NeurIPS 2023",
            (MoDoOptions options) => context => new MoDo(options, context.Tasks.Count)
        },
        {
            "sdmgrad", "SDMGrad",
            "The shortest combination of the gradients, drawn towards their mean, from independent batches.",
            "w towards argmin ‖Σ wₜgₜ + λg₀‖ on the simplex\ng = (Σ wₜgₜ + λg₀) / (1 + λ)",
            "Xiao, Ban and Ji, Direction-oriented Multi-objective Learning: Simple and Provable Stochastic Algorithms, NeurIPS 2023",
            (SdmGradOptions options) => context => new SdmGrad(options, context.Tasks.Count)
        },
        {
            "moml", "MOML (multi-objective meta learning)",
            "Learns the weights after whose step all tasks do better on other rows.",
            "λ = softmax(a), θ′ = θ − η·Σ λₜgₜ\na descends MGDA of ∂Lⱼ(θ′)/∂a on validation rows\ng = Σ λₜgₜ",
            "Ye et al., Multi-Objective Meta Learning, NeurIPS 2021",
            (MomlOptions options) => context => new Moml(options, context.Tasks.Count)
        },
        {
            "auto-lambda", "Auto-Lambda",
            "Learns the weights after whose step the sum of the losses on other rows is least.",
            "θ′ = θ − η·Σ λₜgₜ\nλ descends Σ Lⱼ(θ′) on validation rows: ∂/∂λₜ = −η·∇ΣLⱼ(θ′)·gₜ\ng = Σ λₜgₜ",
            "Liu et al., Auto-Lambda: Disentangling Dynamic Task Relationships, TMLR 2022",
            (AutoLambdaOptions options) => context => new AutoLambda(options, context.Tasks.Count)
        },
        {
            "forum", "FORUM",
            "Lowers all tasks' losses on other rows while keeping the weighted training loss at its minimum.",
            "lower F(θ) subject to q = f(a, θ) − f(a, θ̃) ≤ 0, f = Σ softmax(a)ₜLₜ\ng = Σ λₜF̂ₜ + ν∇q, (λ, ν) = argmin ½‖Σ λₜF̂ₜ + ν∇q‖² − νρ‖∇q‖²",
            "Ye et al., A First-Order Multi-Gradient Algorithm for Multi-Objective Bi-Level Optimization, ECAI 2024",
            (ForumOptions options) => context => new Forum(options, context.Tasks.Count)
        },
    };
}
