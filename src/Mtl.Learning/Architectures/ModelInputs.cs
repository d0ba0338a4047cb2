using Mtl.Graph;

namespace Mtl.Learning.Architectures;

/// <summary>What preprocessing gives to a model.</summary>
/// <param name="Features">Dense features, float [batch, F]; null when there are none.</param>
/// <param name="Categories">Category ids, int64 [batch, C]; null when no column is embedded.</param>
/// <param name="CategoryCounts">Ids of each embedded column, the unknown category's included; id 0 is the unknown category.</param>
public sealed record ModelInputs(Node? Features, Node? Categories, IReadOnlyList<int> CategoryCounts)
{
    /// <summary>The inputs with each node replaced.</summary>
    public ModelInputs Select(Func<Node, Node> replace) => this with
    {
        Features = Features is null ? null : replace(Features),
        Categories = Categories is null ? null : replace(Categories),
    };
}
