namespace Mtl.Tracking.People;

/// <summary>One thing that somebody did. Entries are added and read, never changed.</summary>
/// <param name="Id">Given by the store, ascending; 0 before.</param>
/// <param name="UserId">Empty for somebody unknown, the system, and an open server.</param>
/// <param name="Who">The name at the time.</param>
/// <param name="By">How they came: <c>session</c>, <c>password</c>, <c>token NAME</c>, <c>owner</c>, <c>open</c>, <c>system</c>.</param>
/// <param name="Action">Area and verb: <c>experiment.delete</c>, <c>account.sign-in</c>.</param>
/// <param name="Thing">What it was done to, as <c>kind:id</c>; empty for none.</param>
/// <param name="Detail">In words, for people; no secrets.</param>
/// <param name="Address">The network address that it came from; empty within the server.</param>
/// <param name="RequestId">The request's id, as in the log; empty without one.</param>
public sealed record AuditEntry(long Id, DateTimeOffset At, string UserId, string Who, string By, string Action, string Thing, string Detail, string Address, string RequestId);
