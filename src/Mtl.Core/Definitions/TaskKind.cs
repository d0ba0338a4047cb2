namespace Mtl.Core.Definitions;

/// <summary>What a task predicts.</summary>
public enum TaskKind
{
    /// <summary>One real number.</summary>
    Regression,

    /// <summary>One of two labels, as the probability of the positive one.</summary>
    Binary,

    /// <summary>One of several labels, as a probability for each.</summary>
    Multiclass,
}
