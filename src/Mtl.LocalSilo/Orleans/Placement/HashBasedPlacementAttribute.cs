namespace Orleans.Placement;

/// <summary>New activations go to a silo by the hash of the grain id.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public sealed class HashBasedPlacementAttribute : PlacementAttribute;
