namespace Mtl.Graph;

/// <summary>A graph that cannot be built: an operator with inputs that it does not take, a name used twice. Always a mistake in the code that builds it.</summary>
public sealed class GraphException(string message) : Exception(message);
