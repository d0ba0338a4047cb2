using Mtl.Graph;

namespace Mtl.Learning.Architectures;

/// <summary>A dropout layer's mask: an input of the training graph, [batch, width], that holds 1/(1 − rate) with probability 1 − rate, else 0.</summary>
public sealed record DropoutMask(string Name, Node Node, double Rate, int Width);
