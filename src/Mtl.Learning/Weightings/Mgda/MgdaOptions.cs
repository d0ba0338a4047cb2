using System.ComponentModel;

namespace Mtl.Learning.Weightings;

/// <summary>Options of <see cref="Mgda"/>.</summary>
public sealed record MgdaOptions
{
    [Description("What each gradient is divided by first: none, l2 (its norm), loss (the task's loss) or loss-l2 (both).")]
    public GradientScale Normalization { get; init; } = GradientScale.None;
}

/// <summary>What a task's gradient is divided by.</summary>
public enum GradientScale
{
    None,

    /// <summary>Its norm.</summary>
    L2,

    /// <summary>The task's loss.</summary>
    Loss,

    /// <summary>Its norm times the task's loss.</summary>
    LossL2,
}
