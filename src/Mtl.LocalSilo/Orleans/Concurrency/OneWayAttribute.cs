namespace Orleans.Concurrency;

/// <summary>On a method of a grain interface: the caller gets no response, and its task is complete at once.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OneWayAttribute : Attribute;
