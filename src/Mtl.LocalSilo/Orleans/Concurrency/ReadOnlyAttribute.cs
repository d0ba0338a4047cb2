namespace Orleans.Concurrency;

/// <summary>On a method of a grain interface that changes nothing: requests for such methods may interleave with one another.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadOnlyAttribute : Attribute;
