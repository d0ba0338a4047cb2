using System.Globalization;
using Mtl.Core;
using Mtl.Graph;

namespace Mtl.Learning.Regularizers;

/// <summary>
/// R = ½w·Σₛ﹤ₜ Aₛₜ‖Wₛ − Wₜ‖² = ½w·tr(W·L·Wᵀ), L the Laplacian of the graph of similarities A, over the tasks' corresponding weights.
/// Source: Evgeniou, Micchelli and Pontil, "Learning Multiple Tasks with Kernel Methods", 2005.
/// </summary>
public sealed class GraphLaplacian : Regularizer
{
    private readonly double weight;
    private readonly (int First, int Second, double Similarity)[] edges;

    private GraphLaplacian(double weight, (int First, int Second, double Similarity)[] edges) => (this.weight, this.edges) = (weight, edges);

    public override bool TiesTasks => true;

    public static Result<Regularizer> Make(LaplacianOptions options, IReadOnlyList<string> tasks)
    {
        (int First, int Second)[] pairs = [.. Enumerable.Range(0, tasks.Count).SelectMany(first => Enumerable.Range(first + 1, tasks.Count - first - 1).Select(second => (first, second)))];
        var given = options.Similarities;
        if (given.Count == 0)
            return new GraphLaplacian(options.Weight, [.. pairs.Where(pair => pair.Second == pair.First + 1).Select(pair => (pair.First, pair.Second, 1.0))]);
        return given.Count == pairs.Length
            ? new GraphLaplacian(options.Weight, [.. pairs.Zip(given, (pair, similarity) => (pair.First, pair.Second, similarity)).Where(edge => edge.similarity > 0)])
            : Error.Invalid(
                string.Create(CultureInfo.InvariantCulture, $"Regularizer 'laplacian' has {given.Count} similarities for {tasks.Count} tasks, which make {pairs.Length} pairs."),
                $"Give one for each of {string.Join(", ", pairs.Take(6).Select(pair => $"({tasks[pair.First]}, {tasks[pair.Second]})"))}{(pairs.Length > 6 ? ", …" : "")}, in this order, or none for a chain.",
                "similarities");
    }

    public override Error? Refuse(RegularizedWeights weights) => Correspondence.Refuse("laplacian", weights);

    public override IEnumerable<Node> Terms(RegularizedWeights weights) => weights.Corresponding
        .SelectMany(group => edges.Select(edge => (group[edge.First].Node - group[edge.Second].Node).SumOfSquares() * (edge.Similarity * weight / 2)));
}
