using Mtl.Graph.Autodiff;
using Mtl.Testing.Graphs;

namespace Mtl.Graph.Tests;

public class GraphCutTests
{
    private static readonly Node X = Node.Input("x", ElementType.Double, ["batch", 2]);
    private static readonly Node W = Node.Parameter("w", [2, 3], ElementType.Double);
    private static readonly Node V = Node.Parameter("v", [3, 2], ElementType.Double);
    private static readonly (Node, TensorValue)[] Values =
    [
        (X, TensorValue.Of([2, 2], 1.0, -2.0, 0.5, 3.0)),
        (W, TensorValue.Of([2, 3], 0.2, -0.4, 0.6, 0.8, 0.1, -0.3)),
        (V, TensorValue.Of([3, 2], 1.0, 0.5, -0.5, 0.3, 0.7, -0.9)),
    ];

    [Fact]
    public void Both_halves_give_what_the_whole_computation_gives()
    {
        var hidden = X.MatMul(W).Tanh();
        var output = hidden.MatMul(V).Sigmoid();
        var upstream = Node.Input("upstream", ElementType.Double, output.Shape);
        var whole = Gradient.Pullback([output], [upstream], [W, V, X]).Select(node => node!).ToArray();
        (Node, TensorValue)[] given = [.. Values, (upstream, TensorValue.Of([2, 2], 1.0, 2.0, -1.0, 0.5))];

        var cut = GraphCut.Of(whole, [output]);

        Run(whole, given).ShouldBe(RunCut(cut, given));
    }

    [Fact]
    public void The_second_half_computes_nothing_of_the_first_again()
    {
        var hidden = X.MatMul(W).Tanh();
        var upstream = Node.Input("upstream", ElementType.Double, hidden.Shape);
        var cut = GraphCut.Of([Gradient.Pullback([hidden], [upstream], [W])[0]!], [hidden]);

        cut.Carried.ShouldHaveSingleItem().Value.ShouldBe(hidden);
        Topology.Order(cut.Outputs).ShouldNotContain(node => node.Op == Op.Tanh);
        Topology.Order(cut.Outputs).Where(node => node.Name is not null).Select(node => node.Name).Order().ShouldBe(["carried/0", "upstream", "x"]);
    }

    [Fact]
    public void What_has_no_floating_point_inputs_is_computed_again()
    {
        var ids = Node.Input("ids", ElementType.Int64, ["batch"]);
        var mask = ids.Greater(Node.Constant(2, ElementType.Int64)).Cast(ElementType.Double).Unsqueeze(1);
        var masked = X.Exp() * mask;
        var cut = GraphCut.Of([masked.Square()], [masked.ReduceSum()]);
        GraphCut.Of([(X * mask).Exp()], [mask]).Carried.ShouldBeEmpty();

        cut.Carried.ShouldHaveSingleItem().Value.ShouldBe(masked);
    }

    [Fact]
    public void Values_whose_rows_are_not_the_batch_s_are_carried_as_rows_of_the_batch()
    {
        var windows = X.Reshape([.. (Dimension[])[X.Shape[0] * 2, 1]]).Exp();
        var cut = GraphCut.Of([windows * 3], [windows]);

        cut.Carried.ShouldHaveSingleItem().Value.Shape.ShouldBe(["batch", 2]);
        cut.Outputs[0].Shape.ShouldBe(windows.Shape);
        Run([windows * 3], Values).ShouldBe(RunCut(cut, Values));
    }

    [Fact]
    public void One_output_of_several_can_be_carried_and_the_others_too()
    {
        var parts = X.Exp().Split(1, 1, 1);
        var cut = GraphCut.Of([parts[0] * parts[1], parts[1] + 1], [parts[0], parts[1]]);

        cut.Carried.Count.ShouldBe(2);
        Run([parts[0] * parts[1], parts[1] + 1], Values).ShouldBe(RunCut(cut, Values));
    }

    [Fact]
    public void What_varies_in_a_way_that_no_rows_have_is_refused()
    {
        var odd = Node.Input("odd", ElementType.Double, [(Dimension)"batch" + 1, 2]);

        Should.Throw<GraphException>(() => GraphCut.ToRows(odd)).Message.ShouldBe("Input 'odd' Double [batch + 1, 2] can't be carried from one run to another: its size is no multiple of 'batch'.");
    }

    [Fact]
    public void Nothing_flows_through_what_is_given()
    {
        var x = Node.Input("one", ElementType.Double, [1]);
        var first = x.Exp();
        var second = first.Square();
        var scalar = (first * 5 + second * 7).ReduceSum();

        var through = Gradient.Of(scalar, [first, second, x]);
        var given = Gradient.Of(scalar, [first, second, x], given: [first, second]);

        double At(Node node) => Evaluation.Of(node, (x, TensorValue.Of([1], 0.0))).ToDoubles()[0];
        (At(through[0]), At(through[1]), At(through[2])).ShouldBe((19, 7, 19));
        (At(given[0]), At(given[1]), At(given[2])).ShouldBe((5, 7, 0));
    }

    private static double[][] Run(IReadOnlyList<Node> nodes, IReadOnlyList<(Node Input, TensorValue Value)> given)
    {
        using var evaluation = new Evaluation(nodes);
        return [.. evaluation.Run(given).Select(value => value.ToDoubles())];
    }

    private static double[][] RunCut(GraphCut cut, IReadOnlyList<(Node Input, TensorValue Value)> given)
    {
        using var first = new Evaluation([.. cut.Carried.Select(node => node.Value)]);
        var inputs = Topology.Order(cut.Outputs).Where(node => node.Op == Op.Input).ToDictionary(node => node.Name!);
        var carried = cut.Carried.Zip(first.Run(given), (node, value) => (inputs[node.Name], value));
        return Run(cut.Outputs, [.. given, .. carried]);
    }
}
