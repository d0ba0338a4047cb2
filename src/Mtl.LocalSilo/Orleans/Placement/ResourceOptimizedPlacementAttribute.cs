namespace Orleans.Placement;

/// <summary>New activations go to the silo with the most free resources.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public sealed class ResourceOptimizedPlacementAttribute : PlacementAttribute;
