using Mtl.Graph.Autodiff;
using Mtl.Graph.Onnx;
using Mtl.Runtime;

namespace Mtl.Graph.Tests;

/// <summary>A Split whose sizes come with each run.</summary>
public class SplitByInputTests
{
    private static readonly Node X = Node.Input("x", ElementType.Float, ["batch", 2]);
    private static readonly Node Sizes = Node.Input("sizes", ElementType.Int64, [3]);

    [Fact]
    public void Parts_have_dimensions_of_their_own_and_joined_again_the_whole_s()
    {
        var parts = X.Split(0, Sizes);

        parts.Select(part => part.Shape[0]).Distinct().Count().ShouldBe(3);
        parts.Concat(0).Shape.ShouldBe(["batch", 2]);
        new[] { parts[0], parts[2] }.Concat(0).Shape[0].ShouldNotBe("batch");
        X.Split(0, Node.Input("other", ElementType.Int64, [3]))[0].Shape[0].ShouldNotBe(parts[0].Shape[0]);
    }

    [Theory]
    [InlineData(new long[] { 1, 3, 1 }, 5)]
    [InlineData(new long[] { 2, 1, 1 }, 4)]
    public void The_gradient_of_some_parts_is_zero_elsewhere(long[] sizes, int rows)
    {
        var parts = X.Split(0, Sizes);
        var loss = parts[1].Square().ReduceSum() + (parts[2] * 3).ReduceSum();
        var graph = ComputationGraph.Of([("loss", loss), ("gradient", Gradient.Of(loss, [X])[0])]);
        using var executable = Executable.Load(OnnxModel.Write(graph), "split").Value;
        float[] values = [.. Enumerable.Range(0, rows * 2).Select(at => at - 2.5f)];

        var results = executable.Run(new Dictionary<string, Tensor> { ["x"] = Tensor.Of(values, rows, 2), ["sizes"] = Tensor.Of(sizes, 3) }).Value;

        results["gradient"].Values<float>().ShouldBe(values.Select((value, at) => at / 2 < sizes[0] ? 0 : at / 2 < sizes[0] + sizes[1] ? 2 * value : 3));
    }

    /// <summary>With so many parts their shapes are hidden from the runtime's planning.</summary>
    [Fact]
    public void Many_parts_give_what_few_do()
    {
        long[] sizes = [.. Enumerable.Range(0, 40).Select(part => 1L + (part % 3))];
        var (rows, w) = ((int)sizes.Sum(), Node.Parameter("w", [2, 2]));
        var parts = X.Dense(w).Split(0, Node.Input("sizes", ElementType.Int64, [40]));
        var loss = parts.Select((part, at) => (part * (at + 1)).Square().ReduceSum()).ToArray().Sum();
        var graph = ComputationGraph.Of([("whole", parts.Concat(0)), ("gradient", Gradient.Of(loss, [X])[0])]);
        using var executable = Executable.Load(OnnxModel.Write(graph), "split").Value;
        float[] values = [.. Enumerable.Range(0, rows * 2).Select(at => at - 2.5f)];

        var results = executable.Run(new Dictionary<string, Tensor> { ["x"] = Tensor.Of(values, rows, 2), ["sizes"] = Tensor.Of(sizes, 40), ["w"] = Tensor.Of([0f, 1f, 1f, 0f], 2, 2) }).Value;

        results["whole"].Values<float>().ShouldBe(values.Chunk(2).SelectMany(row => row.Reverse()));
        var weights = sizes.SelectMany((size, part) => Enumerable.Repeat(2f * (part + 1) * (part + 1), (int)size * 2)).ToArray();
        results["gradient"].Values<float>().ShouldBe(values.Zip(weights, (value, weight) => value * weight));
    }

    [Fact]
    public void An_axis_of_known_extent_is_not_cut_by_an_input() =>
        Should.Throw<GraphException>(() => Node.Input("y", ElementType.Float, [6, 2]).Split(0, Sizes)).Message.ShouldContain("the parts' sizes must be constant or computed from shapes");
}
