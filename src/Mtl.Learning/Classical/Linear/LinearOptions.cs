using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Mtl.Learning.Classical.Linear;

/// <summary>Options that every linear method has.</summary>
public abstract record LinearOptions
{
    [Description("Strengths tried: from the given ones down, evenly in their logarithm, each solved from the one before. The best validation score decides; 1 takes the given ones as they are.")]
    [Range(1, 100)]
    public int Path { get; init; } = 8;

    [Description("Last strength of the path relative to the first.")]
    [Range(1e-8, 1.0)]
    public double PathRatio { get; init; } = 1e-2;

    [Description("free: each output's intercept as the data have it; penalised: the weight of a feature that is 1, drawn together and towards zero like any weight, for tasks with few rows of their own.")]
    public InterceptForm Intercepts { get; init; }

    [Description("Largest duality gap relative to the objective, or optimality residual relative to the gradient at zero, that counts as solved.")]
    [Range(1e-12, 1e-2)]
    public double Tolerance { get; init; } = 1e-5;

    [Description("Most iterations for each strength.")]
    [Range(1, 1_000_000)]
    public int Iterations { get; init; } = 5000;

    /// <summary>What the strengths are multiplied by in a stage of the path.</summary>
    internal double Scale(int stage) => Path == 1 ? 1 : Math.Pow(PathRatio, (double)stage / (Path - 1));
}
