using Mtl.Core.Definitions;
using Mtl.Learning.Optimizers;
using Mtl.Learning.Vectors;

namespace Mtl.Learning.Training;

/// <summary>The norm of a step's gradient, which also says whether every number in it is finite.</summary>
internal static class GradientNorm
{
    /// <summary>Clips as the definition asks, by value and then by norm, and gives the norm before both; not finite, and nothing clipped, when a gradient is not.</summary>
    public static double Clip(Span<float> gradients, TrainingDefinition training)
    {
        var norm = Math.Sqrt(Gram.Dot(gradients, gradients));
        if (!double.IsFinite(norm))
            return norm;
        if (training.ClipValue > 0)
            GradientClipping.ClipByValue(gradients, training.ClipValue);
        if (training.ClipNorm > 0 && (training.ClipValue > 0 || norm > training.ClipNorm))
            GradientClipping.ClipByGlobalNorm(gradients, training.ClipNorm);
        return norm;
    }
}
