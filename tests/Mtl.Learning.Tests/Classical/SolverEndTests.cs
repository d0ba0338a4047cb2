using Mtl.Core.Definitions;
using Mtl.Learning.Classical;
using Mtl.Learning.Classical.Linear;

namespace Mtl.Learning.Tests.Classical;

/// <summary>How solvers end, and what they keep of rows.</summary>
public sealed class SolverEndTests
{
    private static readonly LinearShape Shape = new(1, 1);

    [Fact]
    public void Where_no_step_descends_solvers_are_over_but_not_converged()
    {
        var newton = new NewtonSolver(Shape, 1e-6).Iterate(new SmoothPart([new Uphill()], Shape, new TaskCoupling(0)), [], isFirst: true);
        var proximal = new ProximalSolver(Shape, 1, 1e-6).Iterate(new SmoothPart([new Uphill()], Shape, new TaskCoupling(0)), [new Nothing()], isFirst: true);

        foreach (var progress in new[] { newton, proximal })
        {
            (progress.IsConverged, progress.IsStuck, progress.IsOver).ShouldBe((false, true, true));
            progress.Residual.ShouldBeGreaterThan(0.5);
        }
    }

    [Fact]
    public void Tasks_share_their_features_where_they_have_the_same_rows()
    {
        float[] all = [1, 1, 1, 1];
        LearnerTask Task(string name, params float[] labelled) => new(name, TaskKind.Regression, 1, [1, 2, 3, 4], labelled);
        var data = new LearnerData([1, 2, 3, 4], 1, [3, 1, 2], [Task("a", all), Task("b", 1, 1, 1, 0), Task("c", all), Task("d", 0, 1, 1, 0)], Seed: 1);

        var rows = LinearProblem.RowsOf(data, withConstant: false);

        rows[2].X.ShouldBeSameAs(rows[0].X);
        rows[3].X.ShouldBeSameAs(rows[1].X);
        rows[1].X.Values.ShouldBe([2.0, 3]);
        rows[0].X.Values.ShouldBe([4.0, 2, 3]);
        rows[3].Y.ShouldBe([2.0, 3]);
    }

    /// <summary>A value that rises along its negative gradient, as one lost in rounding may.</summary>
    private sealed class Uphill() : TaskLoss(1, 1)
    {
        public override double Evaluate(ReadOnlySpan<double> coefficients, Span<double> gradient)
        {
            gradient[0] -= 1;
            return Math.Abs(coefficients[0]);
        }

        public override void AddHessianTimes(ReadOnlySpan<double> coefficients, ReadOnlySpan<double> v, Span<double> result) => result[0] += v[0];

        public override void AddHessian(ReadOnlySpan<double> coefficients, int output, double[] hessian) => hessian[0] += 1;
    }

    private sealed class Nothing : Penalty
    {
        public override double Value(LinearShape shape, ReadOnlySpan<double> w) => 0;

        public override double Prox(LinearShape shape, Span<double> w, double step) => 0;
    }
}
