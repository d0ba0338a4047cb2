using Mtl.Graph.Autodiff;
using Mtl.Testing.Graphs;

namespace Mtl.Graph.Tests;

public class GradientTests
{
    private static readonly Node X = Node.Input("x", ElementType.Double, [3]), Y = Node.Input("y", ElementType.Double, [3]);

    [Fact]
    public void What_the_scalar_does_not_depend_on_has_a_gradient_of_zeros()
    {
        var z = Node.Input("z", ElementType.Double, ["batch", 2]);

        var gradients = Gradient.Of(X.SumOfSquares() + z.Floor().ReduceSum(), [X, Y, z]);

        Evaluation.Of(gradients[1]).ToDoubles().ShouldBe([0, 0, 0]);
        Evaluation.Of(gradients[2], (z, TensorValue.Of([2, 2], 1.0, 2.0, 3.0, 4.0))).ToDoubles().ShouldBe([0, 0, 0, 0]);
    }

    [Fact]
    public void A_pullback_says_null_where_nothing_flows() =>
        Gradient.Pullback([X.Exp()], [X], [X, Y]).ShouldSatisfyAllConditions(g => g[0].ShouldNotBeNull(), g => g[1].ShouldBeNull());

    [Fact]
    public void A_pullback_weighs_with_the_upstream_gradient()
    {
        var gradient = Gradient.Pullback([X * Y, X.Square()], [Y, X], [X])[0]!;

        // ∂(Σ y·(x·y) + Σ x·x²)/∂x with the upstream held fixed: y² + 2x².
        Evaluation.Of(gradient, (X, Vector(1, 2, 3)), (Y, Vector(4, 5, 6))).ToDoubles().ShouldBe([18, 33, 54]);
    }

    [Fact]
    public void A_gradient_of_rows_of_unknown_extent_has_its_batch_though_a_part_is_not_used()
    {
        var x = Node.Input("x", ElementType.Double, ["batch", 2]);
        var (weight, bias) = (Node.Input("w", ElementType.Double, [2, 2]), Node.Input("b", ElementType.Double, [2]));
        var states = new[] { x + bias, x * 2 };
        var rows = weight.MatMul(states.Select(state => state.Reshape([1, state.Shape.Size])).ToArray().Concat(0)).Split(0, 1, 1);

        var gradient = Gradient.Of(rows[0].Reshape(x.Shape).ReduceSum(), [bias])[0];

        // ∂/∂b of Σ (w₀₀·(x + b) + 2·w₀₁·x) over three rows: 3·w₀₀ each.
        Evaluation.Of(gradient, (x, TensorValue.Of([3, 2], 1.0, 2.0, 3.0, 4.0, 5.0, 6.0)), (weight, TensorValue.Of([2, 2], 0.5, 7.0, 8.0, 9.0)), (bias, TensorValue.Of([2], 0.0, 0.0)))
            .ToDoubles().ShouldBe([1.5, 1.5]);
    }

    [Fact]
    public void A_value_on_the_way_has_a_gradient_of_its_own()
    {
        var hidden = X.Square();
        var gradients = Gradient.Of((hidden * Y).ReduceSum(), [hidden, X]);

        using var evaluation = new Evaluation(gradients);
        var values = evaluation.Run((X, Vector(1, 2, 3)), (Y, Vector(4, 5, 6)));
        values[0].ToDoubles().ShouldBe([4, 5, 6]);
        values[1].ToDoubles().ShouldBe([8, 20, 36]);
    }

    [Fact]
    public void The_walk_builds_nothing_off_the_paths_to_what_is_asked_for()
    {
        var w = Node.Parameter("w", [3], ElementType.Double);
        var gradient = Gradient.Of((X.Softmax() * w).ReduceSum(), [w])[0];

        Topology.Order([gradient]).Select(n => n.Op).ShouldBe([Op.Input, Op.Softmax]);
    }

    [Fact]
    public void Hessian_vector_products_are_exact()
    {
        // f = Σ x²y has the Hessian blocks 2y and 2x.
        Node v = Node.Input("v", ElementType.Double, [3]), u = Node.Input("u", ElementType.Double, [3]);
        using var evaluation = new Evaluation(Gradient.HessianVector((X.Square() * Y).ReduceSum(), [X, Y], [v, u]));

        var products = evaluation.Run((X, Vector(1, 2, 3)), (Y, Vector(4, 5, 6)), (v, Vector(1, 0, -1)), (u, Vector(0, 1, 2)));

        products[0].ToDoubles().ShouldBe([8, 4, 0]);
        products[1].ToDoubles().ShouldBe([2, 0, -6]);
    }

    [Fact]
    public void A_third_derivative_is_right()
    {
        var first = Gradient.Of(X.Pow(4).ReduceSum(), [X])[0];
        var second = Gradient.Of(first.ReduceSum(), [X])[0];
        var third = Gradient.Of(second.ReduceSum(), [X])[0];

        Evaluation.Of(third, (X, Vector(1, 2, 0.5))).ToDoubles().ShouldBe([24, 48, 12], 1e-9);
    }

    [Fact]
    public void A_wide_network_agrees_with_differences_along_random_directions()
    {
        Shape[] shapes = [["batch", 40], [40, 64], [64], [64, 5], [5]];
        Node[] x = [.. shapes.Select((s, i) => Node.Input($"x{i}", ElementType.Double, s)), Node.Input("t", ElementType.Double, [])];
        Node[] directions = [.. shapes.Select((s, i) => Node.Input($"d{i}", ElementType.Double, s))];
        Node[] moved = [.. directions.Select((d, i) => x[i] + d * x[^1])];
        var loss = -moved[0].Dense(moved[1], moved[2]).Tanh().Dense(moved[3], moved[4]).LogSoftmax().Square().ReduceMean();

        // The derivative with respect to t is the gradient's projection on the directions.
        GradientCheck.Verify(loss, [x[^1]], [
            .. x[..^1].Select((n, i) => (n, new Sample(n.Shape).Draw(n.ElementType, i))),
            .. directions.Select((n, i) => (n, new Sample(n.Shape).Draw(n.ElementType, 50 + i))),
            (x[^1], TensorValue.Of([], 0.0))]);
    }

    [Fact]
    public void Deep_graphs_need_no_deep_stack()
    {
        var deep = Enumerable.Range(0, 20_000).Aggregate(X, (node, _) => node.Tanh());

        Gradient.Of(deep.ReduceSum(), [X])[0].Shape.ShouldBe(X.Shape);
    }

    [Fact]
    public void Every_operator_of_the_table_has_a_rule()
    {
        var ruled = VjpRules.Single.Keys.Concat(VjpRules.Joint.Keys).ToHashSet();

        Operators.Definitions.Known.Except(ruled).ShouldBeEmpty();
    }

    private static TensorValue Vector(params double[] values) => TensorValue.Of([values.Length], values);
}
