using Mtl.Application.Access;
using Mtl.Core;
using Mtl.Tracking.Runs;

namespace Mtl.Application.Tracking;

/// <summary>Finds runs for a caller, by what it wants to do with them.</summary>
internal sealed class RunAccess(IRunStore runs, IAccess access)
{
    /// <summary>The run, deleted or not.</summary>
    public async Task<Result<Run>> FindAsync(string id, Permission needed, CancellationToken cancellation)
    {
        if (await access.RefuseAsync(needed, Resource.Run(id), cancellation) is { } refusal)
            return refusal.Or(NoSuchRun(id));
        var stored = await runs.GetAsync(id, cancellation);
        return stored.IsSuccess ? stored.Value : NoSuchRun(id);
    }

    /// <summary>The run, if it is not deleted.</summary>
    public async Task<Result<Run>> FindLiveAsync(string id, Permission needed, CancellationToken cancellation) => (await FindAsync(id, needed, cancellation))
        .Then<Run>(run => run.DeletedAt is null ? run : Error.Invalid($"The run {id} must be in the 'active' state. Current state is deleted.", field: "run_id"));

    /// <summary>Why a run can't be named as where something comes from; null when it can. With a link to it, one that is not here may be another server's.</summary>
    public async Task<Error?> RefuseSourceAsync(string id, bool isLinked, CancellationToken cancellation)
    {
        if (id.Length == 0 || await FindAsync(id, Permission.Read, cancellation) is not { IsSuccess: false, Error: var missing })
            return null;
        return isLinked && !(await runs.GetAsync(id, cancellation)).IsSuccess ? null : missing;
    }

    private static Error NoSuchRun(string id) => Error.NotFound($"Run with id={id} not found");
}
