using Mtl.Graph;
using Mtl.Graph.Autodiff;
using Shouldly;

namespace Mtl.Testing.Graphs;

/// <summary>
/// Compares gradients with differences: <c>GradientCheck.Verify(x => x[0].Tanh(), new Shape[] { [2, 3] })</c>. The output is projected on a random direction;
/// the derivative in each input element is compared with the five-point central difference, in float64. Then the same is done to a random projection of
/// the gradients, which checks the gradient of the gradient.
/// </summary>
public static class GradientCheck
{
    /// <param name="function">From inputs to an output of any shape.</param>
    /// <param name="samples">Where to check it.</param>
    /// <param name="type">Double; Float for operators that ONNX Runtime has in Float only, with steps and tolerance to suit.</param>
    /// <param name="second">Whether to check the gradient of the gradient as well.</param>
    /// <param name="seed">Of the random numbers.</param>
    public static void Verify(Func<IReadOnlyList<Node>, Node> function, IReadOnlyList<Sample> samples, ElementType type = ElementType.Double, bool second = true, int seed = 1)
    {
        Node[] inputs = [.. samples.Select((s, i) => Node.Input($"x{i}", type, s.Shape))];
        var at = inputs.Select((input, i) => (input, samples[i].Draw(type, seed + i))).ToList();
        var projected = Projected("r", [function(inputs)], inputs, at, seed + 100);
        Verify(projected, inputs, at);
        if (!second) return;
        var gradients = Gradient.Pullback([projected], [projected.Like(1)], inputs).OfType<Node>().ToArray();
        var scalar = Projected("q", gradients, inputs, at, seed + 200);
        Verify(scalar, inputs, at);
    }

    /// <summary>Compares ∂scalar/∂input with differences at one point, for every element of every input.</summary>
    public static void Verify(Node scalar, IReadOnlyList<Node> inputs, IReadOnlyList<(Node Input, TensorValue Value)> at)
    {
        var (step, tolerance) = scalar.ElementType == ElementType.Double ? (1e-3, 1e-7) : (3e-2, 3e-3);
        using var forward = new Evaluation(scalar);
        using var backward = new Evaluation([.. Gradient.Of(scalar, inputs)]);
        var analytic = backward.Run(at);
        for (var i = 0; i < inputs.Count; i++)
        {
            var values = at.First(a => a.Input == inputs[i]).Value;
            var gradient = analytic[i].ToDoubles();
            analytic[i].Shape.ShouldBe(values.Shape);
            for (var k = 0; k < gradient.Length; k++)
            {
                var difference = (8 * (At(step) - At(-step)) - (At(2 * step) - At(-2 * step))) / (12 * step);
                gradient[k].ShouldBe(difference, tolerance * Math.Max(1, Math.Abs(difference)), $"element {k} of input {i} of {scalar.Op}");

                double At(double offset)
                {
                    var moved = values.ToDoubles();
                    moved[k] += offset;
                    return forward.Run([.. at.Select(a => a.Input == inputs[i] ? (a.Input, TensorValue.Of(a.Input.ElementType, values.Shape, moved)) : a)])[0].ToDoubles()[0];
                }
            }
        }
    }

    /// <summary>Σ output·direction over all outputs, with random directions that become part of the point.</summary>
    private static Node Projected(string name, IReadOnlyList<Node> outputs, Node[] inputs, List<(Node Input, TensorValue Value)> at, int seed)
    {
        using var evaluation = new Evaluation(outputs);
        var shapes = evaluation.Run(at).Select(v => v.Shape).ToArray();
        var terms = outputs.Select((output, i) =>
        {
            var direction = Node.Input($"{name}{i}", output.ElementType, output.Shape);
            at.Add((direction, new Sample(shapes[i]).Draw(output.ElementType, seed + i)));
            return (output * direction).ReduceSum();
        });
        return terms.ToArray().Sum();
    }
}
