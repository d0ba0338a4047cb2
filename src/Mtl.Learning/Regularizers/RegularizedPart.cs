namespace Mtl.Learning.Regularizers;

/// <summary>Which weight matrices a regulariser of single weights is for.</summary>
public enum RegularizedPart
{
    /// <summary>All.</summary>
    All,

    /// <summary>Those that the tasks share.</summary>
    Shared,

    /// <summary>Those that belong to one task.</summary>
    Tasks,
}
