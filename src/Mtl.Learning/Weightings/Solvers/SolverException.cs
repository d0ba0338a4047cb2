using System.Globalization;

namespace Mtl.Learning.Weightings.Solvers;

/// <summary>A balancer's inner problem was not solved to its tolerance. Training ends with this message as the run's failure, never with another method's weights.</summary>
public sealed class SolverException(string solver, double residual, double tolerance, int iterations) : Exception(
    string.Create(CultureInfo.InvariantCulture, $"{solver} stopped after {iterations} iterations with a residual of {residual:G3}; {tolerance:G3} is allowed."));
