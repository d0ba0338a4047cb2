namespace Mtl.Tracking.People;

/// <summary>What somebody may do with a thing. Each contains those before it.</summary>
public enum Permission
{
    /// <summary>Does not learn that the thing exists.</summary>
    None,

    /// <summary>Sees it and all that belongs to it, downloads its files, predicts with it.</summary>
    Read,

    /// <summary>Changes it: starts and stops runs, logs, tags, comments, moves aliases.</summary>
    Edit,

    /// <summary>Deletes it, and says who may do what with it.</summary>
    Manage,
}
