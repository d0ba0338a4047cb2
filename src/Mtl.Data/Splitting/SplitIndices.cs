namespace Mtl.Data.Splitting;

/// <summary>The rows of each side, ascending; every row of the table is on exactly one side, and no side is empty.</summary>
public sealed record SplitIndices(int[] Train, int[] Validation, int[] Test);
