using Mtl.Graph;

namespace Mtl.Learning.Architectures;

/// <summary>
/// How tasks share a model. One folder per architecture: an options record, and a class that builds the graph and nothing else. Pure: the same context gives the same graph.
/// Add its row to <see cref="ArchitectureTable"/> and the command line, API and dashboard know it.
/// </summary>
public interface IArchitecture
{
    /// <summary>Builds each task's raw output, [batch, outputs], in the tasks' order: standardised value, logit, or logits.</summary>
    IReadOnlyList<Node> Build(ArchitectureContext context);
}
