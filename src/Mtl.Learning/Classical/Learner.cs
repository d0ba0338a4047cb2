using Mtl.Core;
using Mtl.Graph;
using Mtl.Learning.Architectures;
using Mtl.Learning.State;
using Mtl.Runtime;

namespace Mtl.Learning.Classical;

/// <summary>
/// A classical method: a prediction that is written as graph nodes with parameters, as a network's is, so that evaluation, export and parity check are the same; and a solver that fills the parameters.
/// One folder per method; add its row to <see cref="LearnerTable"/> and the command line, API and dashboard know it.
/// </summary>
public abstract class Learner : IArchitecture
{
    /// <summary>Whether each task's parameters are the solution of a problem of their own, so that each task may keep its own best stage.</summary>
    public abstract bool IsSeparable { get; }

    /// <summary>Builds each task's raw output, [batch, outputs], in the tasks' order: standardised value, logit, or logits.</summary>
    public abstract IReadOnlyList<Node> Build(ArchitectureContext context);

    /// <summary>The solver at its beginning.</summary>
    public abstract IFitting Begin();
}

/// <summary>Makes a learner for some data, or says why it can't learn them.</summary>
public delegate Result<Learner> MakeLearner(LearnerData data);

/// <summary>
/// A solver at work: some stages (the strengths of a path; one where there is nothing to choose), each of some iterations from where the last one ended. All that an iteration needs besides the stage's
/// and its own number is in the state, so a run resumes bit for bit.
/// </summary>
public interface IFitting : IStateful
{
    /// <summary>Number of stages, at least 1. Each ends with a solution; the one with the best validation score is kept.</summary>
    int Stages { get; }

    /// <summary>Most iterations of one stage.</summary>
    int MaximumIterations { get; }

    /// <summary>What a stage's solutions differ by, for the log: <c>λ = 0.1</c>.</summary>
    string Describe(int stage);

    /// <summary>One iteration.</summary>
    /// <param name="stage">From 0.</param>
    /// <param name="iteration">From 0 within the stage.</param>
    FitProgress Iterate(int stage, int iteration);

    /// <summary>Writes the present solution into the parameters that <see cref="Learner.Build"/> has made.</summary>
    void Write(FlatBuffer parameters);
}

/// <summary>Where a solver is.</summary>
/// <param name="Objective">What is minimised.</param>
/// <param name="Residual">How far the optimality conditions are from being met, relative to the data; 0 at the optimum.</param>
/// <param name="Gap">Objective minus a lower bound of the optimum (duality gap); NaN where there is no bound.</param>
/// <param name="IsConverged">Within the tolerance.</param>
public readonly record struct FitProgress(double Objective, double Residual, double Gap, bool IsConverged)
{
    /// <summary>No step lowers the objective any more, to rounding.</summary>
    public bool IsStuck { get; init; }

    /// <summary>Nothing is left to do in this stage.</summary>
    public bool IsOver => IsConverged || IsStuck;
}
