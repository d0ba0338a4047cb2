namespace Mtl.Learning.Classical.Linear;

/// <summary>What becomes of the intercepts.</summary>
public enum InterceptForm
{
    /// <summary>No penalty touches them.</summary>
    Free,

    /// <summary>Each is the weight of a feature that is 1 in every row.</summary>
    Penalised,
}
