using Mtl.Core;

namespace Mtl.Learning.Regularizers;

/// <summary>The check of regularisers that compare tasks' weights one by one.</summary>
internal static class Correspondence
{
    public static Error? Refuse(string key, RegularizedWeights weights) => weights.Corresponding.Count > 0
        ? null
        : Error.Invalid(
            $"Regularizer '{key}' compares the tasks' own weights one by one, but no weights of all tasks have the same shape; their heads are {string.Join(", ", weights.Heads.Select(head => $"[{string.Join(", ", head.Shape)}]"))}.",
            "Take at least two tasks with as many outputs, an architecture in which tasks have layers of their own, or regularizer l21 or trace.",
            "regularizers");
}
