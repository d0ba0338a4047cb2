using Mtl.Core.Catalogue;
using Mtl.Learning.Catalogue;

namespace Mtl.Learning.Optimizers;

/// <summary>The optimisers, a row each.</summary>
public static class OptimizerTable
{
    public static MethodTable<MakeOptimizer> Methods { get; } = new(MethodKind.Optimizer)
    {
        {
            "sgd", "Stochastic gradient descent",
            "Gradient descent with momentum, plain or Nesterov's; momentum 0 is plain gradient descent.",
            "g ← g + wd·θ\nb ← μ·b + g\nθ ← θ − lr·b   (Nesterov: θ − lr·(g + μ·b))",
            "Sutskever et al., On the importance of initialization and momentum in deep learning, ICML 2013",
            (SgdOptions options) => count => new Sgd(options, count)
        },
        {
            "adam", "Adam",
            "Steps scaled per parameter by running means of the gradient and its square.",
            "m ← β₁·m + (1 − β₁)·g\nv ← β₂·v + (1 − β₂)·g²\nθ ← θ − lr · m/(1 − β₁ᵗ) / (√(v/(1 − β₂ᵗ)) + ε)",
            "Kingma and Ba, Adam: A Method for Stochastic Optimization, ICLR 2015",
            (AdamOptions options) => count => new Adam(options, count)
        },
        {
            "adamw", "AdamW",
            "Adam with weight decay beside the gradient rather than in it.",
            "θ ← θ·(1 − lr·wd)\nm ← β₁·m + (1 − β₁)·g\nv ← β₂·v + (1 − β₂)·g²\nθ ← θ − lr · m/(1 − β₁ᵗ) / (√(v/(1 − β₂ᵗ)) + ε)",
            "Loshchilov and Hutter, Decoupled Weight Decay Regularization, ICLR 2019",
            (AdamWOptions options) => count => new Adam(options, count)
        },
    };
}
