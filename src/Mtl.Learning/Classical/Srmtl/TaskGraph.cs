namespace Mtl.Learning.Classical.Srmtl;

/// <summary>Which output columns are neighbours.</summary>
public enum TaskGraph
{
    /// <summary>Each of each other.</summary>
    Complete,

    /// <summary>Each of the one before it, in the definition's order.</summary>
    Chain,

    /// <summary>A chain whose ends meet.</summary>
    Ring,

    /// <summary>Those named by the edges alone.</summary>
    Edges,
}
