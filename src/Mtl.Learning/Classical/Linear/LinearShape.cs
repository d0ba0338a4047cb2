namespace Mtl.Learning.Classical.Linear;

/// <summary>
/// How the coefficients of all tasks lie in one array: a column for each output (one per regression or binary task, one per class of a multiclass task), each of <see cref="Features"/> weights and, last,
/// the intercept, which no penalty touches.
/// </summary>
/// <param name="Columns">C, the outputs of all tasks.</param>
/// <param name="Features">d.</param>
internal sealed record LinearShape(int Columns, int Features)
{
    public int Stride => Features + 1;

    public int Length => Columns * Stride;

    /// <summary>A column's weights without its intercept.</summary>
    public Range Weights(int column) => new(column * Stride, column * Stride + Features);
}
