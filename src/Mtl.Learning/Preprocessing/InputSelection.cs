using Mtl.Core.Definitions;
using Mtl.Data.Tables;

namespace Mtl.Learning.Preprocessing;

/// <summary>The columns a model may see.</summary>
/// <param name="Ordinary">Those that belong to no modality, in the table's order.</param>
/// <param name="Modalities">The modalities, in the definition's order.</param>
internal sealed record InputSelection(IReadOnlyList<Column> Ordinary, IReadOnlyList<ModalitySelection> Modalities)
{
    /// <summary>Fits the preprocessing on the training rows.</summary>
    public FeaturePlan Fit(int[] trainRows, PreprocessingDefinition preprocessing) => new(
        [.. Ordinary.Select(column => InputColumns.Fit(column, trainRows, preprocessing))],
        [.. Modalities.Select(modality => modality.Fit(trainRows))]);
}
