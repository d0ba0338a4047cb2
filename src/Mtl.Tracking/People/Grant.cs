namespace Mtl.Tracking.People;

/// <summary>One line of who may do what: a principal's permission on a thing.</summary>
/// <param name="Kind">What kind of thing (<c>experiment</c>, <c>model</c>, <c>dataset</c>).</param>
/// <param name="Thing">Its id.</param>
public sealed record Grant(string Kind, string Thing, Principal Principal, Permission Permission);
