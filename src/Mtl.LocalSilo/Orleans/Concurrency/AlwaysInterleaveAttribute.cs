namespace Orleans.Concurrency;

/// <summary>On a method of a grain interface: requests for it may interleave with any other request of the grain.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AlwaysInterleaveAttribute : Attribute;
