namespace Mtl.Application.Access;

/// <summary>Where use cases note what was done. One instance per request or dashboard circuit; who did it is the caller.</summary>
public interface IAuditTrail
{
    /// <summary>Notes a deed that was done.</summary>
    /// <param name="action">Area and verb: <c>experiment.delete</c>.</param>
    /// <param name="resource">What it was done to; null for nothing that has permissions.</param>
    /// <param name="detail">In words, without secrets; control characters are taken out and long texts cut.</param>
    Task NoteAsync(string action, Resource? resource = null, string detail = "");

    /// <summary>Notes a deed of somebody who is not the caller yet or was not let in, as at a sign-in.</summary>
    Task NoteOfAsync(string userId, string name, string action, string detail = "");
}
