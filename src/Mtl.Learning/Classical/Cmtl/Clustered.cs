using System.Globalization;
using Mtl.Core;
using Mtl.Learning.Classical.Linear;
using Mtl.Learning.Classical.Penalties;

namespace Mtl.Learning.Classical.Cmtl;

/// <summary>
/// Clustered multi-task learning, convex relaxation: the tasks' weights less their mean are penalised by ½λη·tr(W̃(ηI + M)⁻¹W̃ᵀ) over 0 ⪯ M ⪯ I, tr M ≤ k − 1, where M relaxes the projection on the
/// k clusters' indicators; the mean by ½λr·T‖w̄‖². The relaxation is solved exactly; the clusters are read off W afterwards. Each output column counts as a task.
/// Source: Jacob, Bach and Vert, "Clustered Multi-Task Learning: A Convex Formulation", 2008.
/// </summary>
public sealed class Clustered(ClusteredOptions options) : LinearMethod(options)
{
    public override string Describe(double scale) => string.Create(CultureInfo.InvariantCulture, $"λ = {options.Lambda * scale:G4}");

    public override Error? Misfit(int columns, int features) => options.Clusters < columns || columns <= 2
        ? null
        : Error.Invalid($"{options.Clusters} clusters of {columns} output columns leave nothing to share; at most {columns - 1} are allowed.", "Ask for fewer clusters.", "clusters");

    internal override PenaltySum At(double scale, LinearShape shape) => new(new TaskCoupling(0), new SubspacePenalty(options.Lambda * scale, options.Softness, options.Clusters - 1, options.Lambda * options.MeanRatio * scale));
}
