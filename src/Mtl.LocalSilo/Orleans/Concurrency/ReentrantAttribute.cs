namespace Orleans.Concurrency;

/// <summary>On a grain class: its requests may interleave where one of them awaits (never two turns at once).</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReentrantAttribute : Attribute;
