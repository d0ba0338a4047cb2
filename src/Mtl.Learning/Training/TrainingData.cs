namespace Mtl.Learning.Training;

/// <summary>The whole table as training reads it: preprocessed rows and labels, in memory.</summary>
/// <param name="Rows">Rows of the table.</param>
/// <param name="FeatureCount">F.</param>
/// <param name="Features">Features, pixels and values of series, [rows, F], row-major.</param>
/// <param name="CategoryColumns">C.</param>
/// <param name="Categories">Ids of categories and tokens, [rows, C], row-major.</param>
/// <param name="Targets">By task, [rows, width of its target]: standardised value, 0 or 1, or class index; 0 where the label is missing.</param>
/// <param name="Labelled">By task, [rows]: 1 where there is a label, else 0.</param>
public sealed record TrainingData(
    int Rows,
    int FeatureCount,
    float[] Features,
    int CategoryColumns,
    long[] Categories,
    IReadOnlyList<float[]> Targets,
    IReadOnlyList<float[]> Labelled);
