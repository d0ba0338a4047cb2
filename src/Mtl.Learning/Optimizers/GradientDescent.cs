using System.Globalization;
using Mtl.Learning.State;
using Mtl.Learning.Vectors;

namespace Mtl.Learning.Optimizers;

/// <summary>Gradient descent on the whole training set: θ ← θ − lr·∇J(θ), until the largest component of ∇J is within the tolerance. Source: Cauchy, 1847.</summary>
public sealed class GradientDescent : IFullBatchOptimizer
{
    private readonly GradientDescentOptions options;
    private readonly int count;
    private readonly float[] gradients;
    private readonly long[] steps = [0];
    private readonly double[] largest = [double.PositiveInfinity];

    public GradientDescent(GradientDescentOptions options, int parameterCount)
    {
        this.options = options;
        count = parameterCount;
        gradients = new float[count];
        State = [NamedTensor.Of("steps", steps), NamedTensor.Of("largest", largest)];
    }

    public float LearningRate => (float)options.LearningRate;

    public IReadOnlyList<NamedTensor> State { get; }

    public OptimizerEnd? End => largest[0] <= options.GradientTolerance
        ? new OptimizerEnd(true, string.Create(CultureInfo.InvariantCulture, $"Gradient descent converged after {steps[0]} steps: the largest gradient component is {largest[0]:0.##e+0}."))
        : null;

    public void Step(Span<float> parameters, Objective objective, float learningRate)
    {
        BufferLengths.Require(count, parameters, gradients);
        if (!double.IsFinite(objective(parameters, gradients)))
            return;
        steps[0]++;
        largest[0] = LargestComponent.Of(gradients);
        if (largest[0] > options.GradientTolerance)
            ScaledSum.Of(parameters, -learningRate, gradients, parameters);
    }
}
