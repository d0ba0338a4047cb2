namespace Mtl.Tracking.Runs;

/// <summary>Which process trains the run, and until when it need not be doubted. A running run whose lease has run out is taken up again from its last checkpoint.</summary>
public sealed record Lease(string Owner, DateTimeOffset ExpiresAt);
