namespace Mtl.LocalSilo.Copying;

/// <summary>What a copier of members needs before it can copy: types may contain themselves, so copiers are made first and completed later.</summary>
internal interface ICompletable
{
    /// <summary>Finds the copiers of the members.</summary>
    void Complete(CopierTable copiers);
}
