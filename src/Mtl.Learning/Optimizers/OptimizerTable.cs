using Mtl.Core.Catalogue;
using Mtl.Learning.Catalogue;

namespace Mtl.Learning.Optimizers;

/// <summary>The optimisers, a row each.</summary>
public static class OptimizerTable
{
    public static MethodTable<MakeOptimizer> Methods { get; } = new(MethodKind.Optimizer)
    {
        {
            "gd", "Gradient descent",
            "Plain steps along the gradient of the whole training set, one per epoch.",
            "θ ← θ − lr·∇J(θ)",
            "Cauchy, Méthode générale pour la résolution des systèmes d'équations simultanées, 1847",
            (GradientDescentOptions options) => count => new GradientDescent(options, count)
        },
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
        {
            "rmsprop", "RMSprop",
            "Steps scaled per parameter by a running root mean square of the gradient; with momentum or centering on request.",
            "v ← α·v + (1 − α)·g²\nb ← μ·b + g / (√v + ε)\nθ ← θ − lr·b   (centered: v − m² for v, m the running mean of g)",
            "Tieleman and Hinton, Lecture 6.5 - RMSProp, COURSERA: Neural Networks for Machine Learning, 2012",
            (RmsPropOptions options) => count => new RmsProp(options, count)
        },
        {
            "adagrad", "Adagrad",
            "Steps scaled per parameter by the root of all its squared gradients so far, so that rare features keep larger steps.",
            "s ← s + g²\nθ ← θ − lr/(1 + (t − 1)·decay) · g / (√s + ε)",
            "Duchi, Hazan and Singer, Adaptive Subgradient Methods for Online Learning and Stochastic Optimization, JMLR 2011",
            (AdagradOptions options) => count => new Adagrad(options, count)
        },
        {
            "lbfgs", "L-BFGS",
            "Quasi-Newton steps on the whole training set with a strong-Wolfe line search, one iteration per epoch, until it converges. For smooth objectives without randomness: "
            + "no dropout, constant weights, no gradient balancer.",
            "θ ← θ + α·d,   d = −H·∇J(θ),   H from the last m pairs s = θ′ − θ, y = ∇J(θ′) − ∇J(θ)\n"
            + "J(θ + α·d) ≤ J(θ) + c₁·α·∇J·d   and   |∇J(θ + α·d)·d| ≤ c₂·|∇J·d|",
            "Liu and Nocedal, On the limited memory BFGS method for large scale optimization, Mathematical Programming 1989; Nocedal and Wright, Numerical Optimization, 2006",
            (LBfgsOptions options) => count => new LBfgs(options, count)
        },
    };
}
