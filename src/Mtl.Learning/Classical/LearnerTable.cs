using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Learning.Catalogue;
using Mtl.Learning.Classical.Caso;
using Mtl.Learning.Classical.Cmtl;
using Mtl.Learning.Classical.Dirty;
using Mtl.Learning.Classical.ElasticNet;
using Mtl.Learning.Classical.JointFeatures;
using Mtl.Learning.Classical.Kernels;
using Mtl.Learning.Classical.Lasso;
using Mtl.Learning.Classical.Linear;
using Mtl.Learning.Classical.Mtrl;
using Mtl.Learning.Classical.Ridge;
using Mtl.Learning.Classical.Rmtl;
using Mtl.Learning.Classical.SparseLowRank;
using Mtl.Learning.Classical.Srmtl;
using Mtl.Learning.Classical.Svm;
using Mtl.Learning.Classical.Tgl;
using Mtl.Learning.Classical.TraceNorm;
using Mtl.Learning.Probabilistic.Latent;

namespace Mtl.Learning.Classical;

/// <summary>What can learn: the network, and the classical methods, a row each. The network's row makes nothing, as architecture, encoder, weighting and optimizer are it.</summary>
public static class LearnerTable
{
    public static MethodTable<MakeLearner?> Methods { get; } = new(MethodKind.Learner)
    {
        {
            Learners.Network, "Neural network",
            "Architecture, encoder, weighting and optimizer below, trained by gradient descent.",
            "minimise Σ λₜ·Lₜ(θ)",
            "Caruana, Multitask Learning, Machine Learning 1997",
            (NoOptions _) => null
        },
        {
            "ridge", "Ridge, one per task",
            "Linear regression (logistic for classes) with small weights, each task by itself. The baseline of the classical methods.",
            "minimise (1/n̄)·Σᵢ ℓ(yᵢ, xᵢ·wₜ + bₜ) + ½λ‖wₜ‖²   for each task",
            "Hoerl and Kennard, Ridge Regression, Technometrics 1970",
            (RidgeOptions options) => LinearLearner.With(new Ridge.Ridge(options))
        },
        {
            "pooled-ridge", "Ridge, pooled",
            "One ridge on the stacked rows of all tasks, as if they were one task; for tasks of one kind with much in common.",
            "minimise (1/n)·Σₜ Σᵢ ℓ(yₜᵢ, xₜᵢ·w + b) + ½λ‖w‖²",
            "Seed document S1, example; Hoerl and Kennard, Technometrics 1970",
            (RidgeOptions options) => LinearLearner.With(new PooledRidge(options))
        },
        {
            "mean-ridge", "Mean-regularised ridge",
            "Draws every task's weights towards their mean: between one model per task and one for all. For many similar tasks with few rows each.",
            "minimise (1/n̄)·Σₜ Σᵢ ℓ(yₜᵢ, xₜᵢ·wₜ + bₜ) + ½λ·Σₜ‖wₜ − w̄‖² + ½λ·r·T·‖w̄‖²",
            "Evgeniou and Pontil, Regularized Multi-Task Learning, KDD 2004",
            (MeanRidgeOptions options) => LinearLearner.With(new MeanRidge(options))
        },
        {
            "lasso", "Lasso",
            "Few weights differ from zero, each task by itself: chooses features.",
            "minimise (1/n̄)·Σᵢ ℓ(yᵢ, xᵢ·wₜ + bₜ) + λ‖wₜ‖₁   for each task",
            "Tibshirani, Regression Shrinkage and Selection via the Lasso, JRSS B 1996",
            (LassoOptions options) => LinearLearner.With(new Lasso.Lasso(options))
        },
        {
            "elastic-net", "Elastic net",
            "Lasso and ridge together, so that correlated features are chosen together; by task, or jointly for all tasks.",
            "minimise (1/n̄)·Σₜ Σᵢ ℓ(yₜᵢ, xₜᵢ·wₜ + bₜ) + λρ‖W‖₁ + ½λ(1 − ρ)‖W‖²   (or ‖W‖₂,₁ for ‖W‖₁)",
            "Zou and Hastie, Regularization and Variable Selection via the Elastic Net, JRSS B 2005",
            (ElasticNetOptions options) => LinearLearner.With(new ElasticNet.ElasticNet(options))
        },
        {
            "joint-features", "Joint feature selection (L2,1)",
            "A feature is used by all tasks or by none. For tasks that depend on the same few features.",
            "minimise (1/n̄)·Σₜ Σᵢ ℓ(yₜᵢ, xₜᵢ·wₜ + bₜ) + λ·Σⱼ‖wʲ‖₂,   wʲ feature j's weights in all tasks",
            "Argyriou, Evgeniou and Pontil, Multi-Task Feature Learning, NIPS 2007; Obozinski, Taskar and Jordan, Statistics and Computing 2010",
            (JointFeatureSelectionOptions options) => LinearLearner.With(new JointFeatureSelection(options))
        },
        {
            "dirty", "Dirty model",
            "A part whose features all tasks share, and a sparse part for the features of single tasks.",
            "W = P + Q;   minimise (1/n̄)·Σₜ Σᵢ ℓ + λ‖P‖₁,∞ + λq‖Q‖₁",
            "Jalali, Ravikumar, Sanghavi and Ruan, A Dirty Model for Multi-task Learning, NIPS 2010",
            (DirtyOptions options) => LinearLearner.With(new Dirty.Dirty(options))
        },
        {
            "trace-norm", "Trace norm",
            "The tasks' weights lie in a common subspace of few dimensions.",
            "minimise (1/n̄)·Σₜ Σᵢ ℓ(yₜᵢ, xₜᵢ·wₜ + bₜ) + λ‖W‖_*,   the sum of W's singular values",
            "Ji and Ye, An Accelerated Gradient Method for Trace Norm Minimization, ICML 2009",
            (TraceNormOptions options) => LinearLearner.With(new TraceNorm.TraceNorm(options))
        },
        {
            "sparse-low-rank", "Sparse + low rank",
            "Common directions, and single weights beside them.",
            "W = P + Q;   minimise (1/n̄)·Σₜ Σᵢ ℓ + λ‖P‖_* + λq‖Q‖₁",
            "Chen, Liu and Ye, Learning Incoherent Sparse and Low-Rank Patterns from Multiple Tasks, KDD 2010",
            (SparseLowRankOptions options) => LinearLearner.With(new SparseLowRank.SparseLowRank(options))
        },
        {
            "rmtl", "Robust multi-task learning",
            "Tasks that share a subspace, and outlier tasks that go their own way.",
            "W = L + S;   minimise (1/n̄)·Σₜ Σᵢ ℓ + λ‖L‖_* + λq·Σₜ‖sₜ‖₂",
            "Chen, Zhou and Ye, Integrating Low-Rank and Group-Sparse Structures for Robust Multi-Task Learning, KDD 2011",
            (RobustMultiTaskOptions options) => LinearLearner.With(new RobustMultiTask(options))
        },
        {
            "mtrl", "Task relationship learning",
            "Learns the tasks' covariance Ω with their weights; related tasks help, opposite ones too, unrelated ones are left alone.",
            "minimise (1/n̄)·Σₜ Σᵢ ℓ + ½λ·tr(WΩ⁻¹Wᵀ) + ½λr‖W‖² over W and Ω ⪰ 0, tr Ω = 1\nΩ = (WᵀW)^½ / tr (WᵀW)^½, which leaves ½λ‖W‖_*²",
            "Zhang and Yeung, A Convex Formulation for Learning Task Relationships in Multi-Task Learning, UAI 2010",
            (TaskRelationshipOptions options) => LinearLearner.With(new TaskRelationship(options))
        },
        {
            "cmtl", "Clustered multi-task learning",
            "Tasks fall into k clusters of similar weights; convex relaxation, solved exactly.",
            "W̃ = W − w̄;   minimise (1/n̄)·Σₜ Σᵢ ℓ + ½λη·tr(W̃(ηI + M)⁻¹W̃ᵀ) + ½λr·T‖w̄‖² over W and 0 ⪯ M ⪯ I, tr M ≤ k − 1",
            "Jacob, Bach and Vert, Clustered Multi-Task Learning: A Convex Formulation, NIPS 2008",
            (ClusteredOptions options) => LinearLearner.With(new Clustered(options))
        },
        {
            "caso", "Convex alternating structure optimisation",
            "The tasks share a subspace of h dimensions, in which weights are penalised less; convex relaxation, solved exactly.",
            "minimise (1/n̄)·Σₜ Σᵢ ℓ + ½λη·tr(Wᵀ(ηI + M)⁻¹W) over W and 0 ⪯ M ⪯ I, tr M ≤ h",
            "Chen, Tang, Liu and Ye, A Convex Formulation for Learning Shared Structures from Multiple Tasks, ICML 2009",
            (AlternatingStructureOptions options) => LinearLearner.With(new AlternatingStructure(options))
        },
        {
            "srmtl", "Graph-regularised multi-task learning",
            "Neighbours in a graph of tasks get similar weights.",
            "minimise (1/n̄)·Σₜ Σᵢ ℓ(yₜᵢ, xₜᵢ·wₜ + bₜ) + ½λ·Σ over edges ‖w_a − w_b‖² + ½λr‖W‖²",
            "Zhou, Chen and Ye, MALSAR, 2011; Evgeniou, Micchelli and Pontil, Learning Multiple Tasks with Kernel Methods, JMLR 2005",
            (GraphSmoothOptions options) => LinearLearner.With(new GraphSmooth(options))
        },
        {
            "tgl", "Temporal group lasso",
            "For one quantity at successive times, a task each in the definition's order: common features, weights that change slowly.",
            "minimise (1/n̄)·Σₜ Σᵢ ℓ + λ‖W‖₂,₁ + ½λs·Σₜ‖wₜ₊₁ − wₜ‖² + ½λr‖W‖²",
            "Zhou, Yuan, Liu and Ye, A Multi-Task Learning Formulation for Predicting Disease Progression, KDD 2011",
            (TemporalGroupLassoOptions options) => LinearLearner.With(new TemporalGroupLasso(options))
        },
        {
            "mtl-gmm", "Gaussian mixture for several tasks",
            "Classes as Gaussians whose means lie in a subspace that the tasks share; numbers by the features' place in it. Alternating gradient ascent from several starts.",
            "maximise Σₜ (1/nₜ)·Σᵢ log p(yₜᵢ | zₜᵀWᵀxₜᵢ + bₜ) − λ‖z‖² − μ‖W‖²   by steps in z and in W",
            "Seed document S0, section 3, with its output model made whole",
            (LatentMixtureOptions options) => LatentMixtureLearner.With(options)
        },
        {
            "kernel-ridge", "Kernel ridge",
            "Ridge in the space of radial functions around every training row, exactly; for up to some thousand rows.",
            "fₜ(x) = b + Σᵢ αᵢ·k(x, xᵢ),   (K + λn·I)·α = y − b,   k(x, x') = exp(−γ‖x − x'‖²)",
            "Saunders, Gammerman and Vovk, Ridge Regression Learning Algorithm in Dual Variables, ICML 1998; seed document S1, section 3.1",
            (KernelRidgeOptions options) => data => KernelRidge.Make(options, data)
        },
        {
            "svm", "Support vector machine",
            "The widest margin between a class and the rest, or a tube around a number's rows, with radial functions or linear.",
            "minimise ½‖f‖² + C·Σᵢ max(0, 1 − yᵢ·f(xᵢ))   (classes)\nminimise ½‖f‖² + C·Σᵢ max(0, |yᵢ − f(xᵢ)| − ε)   (numbers)",
            "Cortes and Vapnik, Support-Vector Networks, Machine Learning 1995; seed document S1, section 3.1",
            (SupportVectorOptions options) => data => SupportVectorMachine.Make(options, data)
        },
    };
}
