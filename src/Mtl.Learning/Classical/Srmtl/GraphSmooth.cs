using System.Globalization;
using Mtl.Core;
using Mtl.Learning.Classical.Linear;

namespace Mtl.Learning.Classical.Srmtl;

/// <summary>
/// Graph-regularised multi-task learning (SRMTL without its L1 part): ½λ Σ over edges ‖w_a − w_b‖² + ½λr‖W‖², neighbours get similar weights. An exact linear system for regression. Each output column counts as a task.
/// Source: Zhou, Chen and Ye, "MALSAR: Multi-tAsk Learning via StructurAl Regularization", 2011; Evgeniou, Micchelli and Pontil, "Learning Multiple Tasks with Kernel Methods", 2005.
/// </summary>
public sealed class GraphSmooth(GraphSmoothOptions options) : LinearMethod(options)
{
    public override string Describe(double scale) => string.Create(CultureInfo.InvariantCulture, $"λ = {options.Lambda * scale:G4}");

    public override Error? Misfit(int columns, int features) =>
        options.Edges.Count % 2 != 0 ? Error.Invalid($"Edges are pairs of tasks, and {options.Edges.Count} numbers are given.", "Give two numbers for each edge.", "edges")
        : options.Edges.FirstOrDefault(end => end >= columns, -1) is var beyond and >= 0 ? Error.Invalid($"An edge ends at {beyond}; the output columns are 0 to {columns - 1}.", field: "edges")
        : options.Graph == TaskGraph.Edges && options.Edges.Count == 0 ? Error.Invalid("The graph has no edges.", "Give some, or take another graph.", "edges")
        : null;

    internal override PenaltySum At(double scale, LinearShape shape)
    {
        var (strength, between) = (options.Lambda * scale, new double[shape.Columns, shape.Columns]);
        foreach (var (a, b) in Pairs(shape.Columns))
        {
            between[a, a] += strength;
            between[b, b] += strength;
            between[a, b] -= strength;
            between[b, a] -= strength;
        }

        return new(new TaskCoupling(strength * options.RidgeRatio, Between: between));
    }

    private IEnumerable<(int A, int B)> Pairs(int columns)
    {
        var all = Enumerable.Range(0, columns);
        var drawn = options.Graph switch
        {
            TaskGraph.Complete => all.SelectMany(a => Enumerable.Range(0, a).Select(b => (a, b))),
            TaskGraph.Chain => all.Skip(1).Select(a => (a, a - 1)),
            TaskGraph.Ring => all.Skip(1).Select(a => (a, a - 1)).Concat(columns > 2 ? [(0, columns - 1)] : Array.Empty<(int, int)>()),
            _ => [],
        };
        return drawn.Concat(options.Edges.Chunk(2).Select(pair => (pair[0], pair[1])));
    }
}
