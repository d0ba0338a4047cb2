using Mtl.Core.Definitions;

namespace Mtl.Learning.Training;

/// <summary>The tasks that one template was written out to (<see cref="TaskDefinition.By"/>): same kind, units and labels, so that they can also be measured together.</summary>
/// <param name="Name">The template's name.</param>
/// <param name="Kind">Of its tasks.</param>
/// <param name="Tasks">Their indices.</param>
public sealed record TaskPool(string Name, TaskKind Kind, int[] Tasks);
