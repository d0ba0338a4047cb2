using Mtl.Graph.Autodiff;
using Mtl.Graph.Onnx;
using Mtl.Runtime;

namespace Mtl.Graph.Tests;

public class PartwiseGradientTests
{
    private static readonly Node X = Node.Input("x", ElementType.Float, ["batch", 4]);
    private static readonly Node Ids = Node.Input("ids", ElementType.Int64, ["batch", 3]);
    private static readonly Node Images = Node.Input("images", ElementType.Float, ["batch", 1, 4, 3]);
    private static readonly Node Sizes = Node.Input("sizes", ElementType.Int64, [3]);
    private static readonly Node Upstream = Node.Input("upstream", ElementType.Float, ["batch", 4]);
    private static readonly Node W = Node.Parameter("w", [4, 4]);
    private static readonly Node V = Node.Parameter("v", [4, 4]);
    private static readonly Node B = Node.Parameter("b", [4]);
    private static readonly Node Table = Node.Parameter("table", [5, 4]);
    private static readonly Node Filter = Node.Parameter("filter", [4, 1, 2, 2]);

    public static TheoryData<string, Node> Trunks => new()
    {
        { "dense layers", X.Dense(W, B).Relu().Dense(V, B).Tanh() },
        { "a weight that is used twice and a computed one", X.Dense(W * W, B).Sigmoid().Dense(W) + (X * B.Exp()) },
        { "normalised layers", X.Dense(W).LayerNormalization(B.Exp(), B).Softmax() },
        { "embedded tokens", Table.Gather(Ids).Dense(W, B).Relu().ReduceMean([1]) },
        { "attention over tokens", Attention(Table.Gather(Ids)) },
        { "images", Images.Conv(Filter, B).Relu().ReduceMean([2, 3]) },
        { "gates", Gated(X.Dense(W), X.Dense(V, B)) },
        { "nothing shared but a scale", X * B },
    };

    [Theory]
    [MemberData(nameof(Trunks), DisableDiscoveryEnumeration = true)]
    public void Every_parts_gradient_is_that_of_the_part_alone(string trunk, Node state)
    {
        Node[] parameters = [.. Topology.Order([state]).Where(node => node.Op == Op.Parameter)];
        IReadOnlyList<Node> Parts(Node node) => node.Split(0, Sizes);
        var together = PartwiseGradient.Pullback([state, state.Square()], [Upstream, Upstream], parameters, Parts).ShouldNotBeNull(trunk);
        List<(string, Node)> outputs = [];
        for (var part = 0; part < 3; part++)
        {
            var (mine, given) = (Parts(state)[part], Parts(Upstream)[part]);
            var alone = Gradient.Pullback([mine, mine.Square()], [given, given], parameters);
            foreach (var (at, parameter) in parameters.Index())
            {
                outputs.Add(($"together/{part}/{parameter.Name}", together[part][at]!));
                outputs.Add(($"alone/{part}/{parameter.Name}", alone[at]!));
            }
        }

        using var executable = Executable.Load(OnnxModel.Write(ComputationGraph.Of(outputs)), trunk).Value;
        var results = executable.Run(Values(executable.Inputs.Select(input => input.Name))).Value;

        foreach (var name in outputs.Select(output => output.Item1).Where(name => name.StartsWith("together", StringComparison.Ordinal)))
        {
            var expected = results[name.Replace("together", "alone", StringComparison.Ordinal)].Values<float>();
            expected.ShouldContain(value => value != 0, name);
            results[name].Values<float>().Zip(expected).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) <= 1e-5f * (1 + Math.Abs(pair.Second)), $"{trunk}: {name}");
        }
    }

    [Fact]
    public void One_walk_serves_all_parts()
    {
        var state = X.Dense(W, B).Relu();
        for (var layer = 0; layer < 10; layer++)
            state = state.Softmax().Exp().Tanh();
        Node[] gradients = [.. PartwiseGradient.Pullback([state], [Upstream], [W, B], node => node.Split(0, Sizes))!.SelectMany(part => part)!];

        Topology.Order(gradients).Count(node => node.Op == Op.Softmax).ShouldBe(10);
        Topology.Order(gradients).Count(node => node.Op == Op.Gemm && node.Attributes.Flag("transA")).ShouldBe(3);
    }

    public static TheoryData<string, Node> Mixing => new()
    {
        { "the batch's mean", X.Dense(W) - X.Dense(W).ReduceMean([0], keep: true) },
        { "a product of rows with rows", X.Dense(W).MatMul(X.Dense(V).Transpose(1, 0)).MatMul(X) },
        { "rows behind rows, counted anew", new[] { X.Dense(W), X }.Concat(0).Reshape(["batch", 8]).Slice(1, 0, 4) },
        { "a softmax over the batch", X.Dense(W).Softmax(0) },
    };

    [Theory]
    [MemberData(nameof(Mixing), DisableDiscoveryEnumeration = true)]
    public void Where_rows_meet_parts_have_no_gradient_of_their_own(string trunk, Node state) =>
        PartwiseGradient.Pullback([state], [Upstream], [W], node => node.Split(0, Sizes)).ShouldBeNull(trunk);

    private static Node Attention(Node tokens)
    {
        var scores = tokens.Dense(W).MatMul(tokens.Dense(V).TransposeLast());
        return scores.Softmax().MatMul(tokens).Reshape(["batch", 12]).Slice(1, 0, 4);
    }

    private static Node Gated(Node one, Node other)
    {
        var gate = X.Dense(Table.Slice(0, 0, 4)).Softmax().Split(1, 1, 3);
        return (gate[0] * one) + ((1 - gate[0]) * other);
    }

    private static Dictionary<string, Tensor> Values(IEnumerable<string> names)
    {
        var random = new Random(3);
        Tensor Random(params long[] shape) => Tensor.Of([.. Enumerable.Range(0, (int)shape.Aggregate((a, b) => a * b)).Select(_ => (float)(random.NextDouble() - 0.5))], shape);
        return names.ToDictionary(name => name, name => name switch
        {
            "x" or "upstream" => Random(7, 4),
            "ids" => Tensor.Of([.. Enumerable.Range(0, 21).Select(at => (long)(at * 3 % 5))], 7, 3),
            "images" => Random(7, 1, 4, 3),
            "sizes" => Tensor.Of([2L, 4L, 1L], 3),
            "b" => Random(4),
            "table" => Random(5, 4),
            "filter" => Random(4, 1, 2, 2),
            _ => Random(4, 4),
        });
    }
}
