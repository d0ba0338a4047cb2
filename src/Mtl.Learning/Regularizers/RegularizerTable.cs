using Mtl.Core;
using Mtl.Core.Catalogue;
using Mtl.Learning.Catalogue;

namespace Mtl.Learning.Regularizers;

/// <summary>The regularisers, a row each.</summary>
public static class RegularizerTable
{
    public static MethodTable<MakeRegularizer> Methods { get; } = new(MethodKind.Regularizer)
    {
        {
            "l1", "L1 (lasso)",
            "Makes weights exactly zero. By a proximal step after each optimiser step.",
            "R = w·Σ|θᵢ|",
            "Tibshirani, Regression Shrinkage and Selection via the Lasso, 1996",
            (WeightOptions options) => _ => new L1(options)
        },
        {
            "l2", "L2 (ridge)",
            "Keeps weights small.",
            "R = ½w·Σ θᵢ²",
            "Hoerl and Kennard, Ridge Regression, Technometrics 1970",
            (WeightOptions options) => _ => new L2(options)
        },
        {
            "elastic-net", "Elastic net",
            "L1 and L2 mixed: zeros, but correlated features stay together. By a proximal step.",
            "R = w·(ρ·Σ|θᵢ| + ½(1 − ρ)·Σ θᵢ²)",
            "Zou and Hastie, Regularization and variable selection via the elastic net, 2005",
            (ElasticNetOptions options) => _ => new ElasticNet(options)
        },
        {
            "l21", "Group norm (L2,1)",
            "All tasks use a feature or none does: row norms of the task matrix (the heads' last layers side by side). By a proximal step.",
            "R = w·Σⱼ ‖Wⱼ‖₂,   W: [features, Σ outputs]",
            "Argyriou, Evgeniou and Pontil, Multi-Task Feature Learning, NIPS 2006; seed document S2, 2.5",
            (TaskMatrixOptions options) => _ => new GroupNorm(options)
        },
        {
            "trace", "Trace norm",
            "The tasks lie in a space of few dimensions: singular values of the task matrix (the heads' last layers side by side). By a proximal step.",
            "R = w·Σ σᵢ(W),   W: [features, Σ outputs]",
            "Argyriou, Evgeniou and Pontil, Convex multi-task feature learning, Machine Learning 2008",
            (TaskMatrixOptions options) => _ => new TraceNorm(options)
        },
        {
            "mean", "Mean regularisation",
            "Draws the tasks' own weights of the same shape to their mean.",
            "R = ½w·Σₜ ‖Wₜ − W̄‖²",
            "Evgeniou and Pontil, Regularized Multi-Task Learning, KDD 2004; seed document S1, 3.2",
            (TaskMatrixOptions options) => _ => new MeanRegularizer(options)
        },
        {
            "laplacian", "Graph Laplacian",
            "Draws the own weights of tasks together that are near each other in a given graph.",
            "R = ½w·Σₛ﹤ₜ Aₛₜ‖Wₛ − Wₜ‖²",
            "Evgeniou, Micchelli and Pontil, Learning Multiple Tasks with Kernel Methods, JMLR 2005; seed document S2, 2.10",
            (LaplacianOptions options) => tasks => GraphLaplacian.Make(options, tasks)
        },
    };

    /// <summary>Makes the chosen ones, or says what is wrong with the first that can't be made.</summary>
    public static Result<IReadOnlyList<Regularizer>> Create(IReadOnlyList<Choice> choices, IReadOnlyList<string> tasks)
    {
        List<Regularizer> made = [];
        foreach (var (index, choice) in choices.Index())
        {
            var regularizer = Methods.Create(choice).Then(make => make(tasks));
            if (regularizer.Error is { } error)
                return error with { Field = error.Field.Length == 0 ? $"regularizers[{index}]" : $"regularizers[{index}].{error.Field}" };
            made.Add(regularizer.Value);
        }

        return Result.Of<IReadOnlyList<Regularizer>>(made);
    }
}
