using Mtl.Core;

namespace Mtl.Learning.Classical.Kernels;

/// <summary>Refuses more rows than an exact kernel method can take.</summary>
internal static class KernelRows
{
    public static Error? TooMany(string learner, int rows, int most) => rows <= most
        ? null
        : Error.TooLarge(
            $"Learner '{learner}' takes {most} training rows, and there are {rows}: it keeps a similarity for every pair of them.",
            "Take feature space 'rbf' with a linear learner such as 'ridge', which approximates it for any number of rows; or raise maximumRows.") with { Field = "learner.maximumRows" };
}
