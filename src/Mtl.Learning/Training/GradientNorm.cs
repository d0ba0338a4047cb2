using Mtl.Learning.Optimizers;
using Mtl.Learning.Vectors;

namespace Mtl.Learning.Training;

/// <summary>The norm of a step's gradient, which also says whether every number in it is finite.</summary>
internal static class GradientNorm
{
    /// <summary>Clips when <paramref name="maximumNorm"/> is above 0, and gives the norm before that; not finite when a gradient is not.</summary>
    public static double Clip(Span<float> gradients, double maximumNorm) =>
        maximumNorm > 0 ? GradientClipping.ClipByGlobalNorm(gradients, maximumNorm) : Math.Sqrt(Gram.Dot(gradients, gradients));
}
