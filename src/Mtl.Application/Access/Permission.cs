namespace Mtl.Application.Access;

/// <summary>What someone may do with an experiment or a model; each includes those before it.</summary>
public enum Permission
{
    None,

    /// <summary>See it, with its runs, metrics and files; predict with it.</summary>
    Read,

    /// <summary>Log to it, start and stop its runs, change notes and tags.</summary>
    Edit,

    /// <summary>Delete it, and say who may do what.</summary>
    Manage,
}
