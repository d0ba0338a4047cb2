using Mtl.Learning.State;

namespace Mtl.Learning.Classical.Linear;

/// <summary>A method's solver at work on a problem, one strength after another.</summary>
internal sealed class LinearFit : IStateful
{
    private readonly LinearMethod method;
    private readonly ISolver solver;
    private double scale = double.NaN;
    private PenaltySum penalties;
    private SmoothPart smooth;

    public LinearFit(LinearProblem problem, LinearMethod method)
    {
        (Problem, this.method) = (problem, method);
        penalties = method.At(1, problem.Shape);
        smooth = new SmoothPart(problem.Losses, problem.Shape, penalties.Coupling);
        solver = penalties.Parts.Count == 0
            ? new NewtonSolver(problem.Shape, method.Options.Tolerance)
            : new ProximalSolver(problem.Shape, penalties.Parts.Count, method.Options.Tolerance);
    }

    public LinearProblem Problem { get; }

    public IReadOnlyList<NamedTensor> State => solver.State;

    /// <summary>One iteration with the method's strengths multiplied by <paramref name="at"/>.</summary>
    public FitProgress Iterate(double at, bool isFirst)
    {
        if (at != scale)
        {
            scale = at;
            penalties = method.At(at, Problem.Shape);
            smooth = new SmoothPart(Problem.Losses, Problem.Shape, penalties.Coupling);
        }

        return solver.Iterate(smooth, penalties.Parts, isFirst);
    }

    /// <summary>Iterates until nothing is left to do, or the method's most iterations are done.</summary>
    public FitProgress Solve(double at)
    {
        var progress = Iterate(at, isFirst: true);
        for (var iteration = 1; iteration < method.Options.Iterations && !progress.IsOver; iteration++)
            progress = Iterate(at, isFirst: false);
        return progress;
    }

    /// <summary>The coefficients, all intercepts set; columns as in <see cref="LinearShape"/>.</summary>
    public double[] Coefficients()
    {
        var complete = solver.Coefficients.ToArray();
        smooth.Complete(complete);
        return complete;
    }

    /// <summary>The matrices that the coefficients are the sum of, for methods that have several.</summary>
    public double[] Part(int part) => ((ProximalSolver)solver).Part(part).ToArray();
}
