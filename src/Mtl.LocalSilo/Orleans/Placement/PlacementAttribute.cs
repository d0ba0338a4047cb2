namespace Orleans.Placement;

/// <summary>Where the activations of a grain class are to live. In one process there is but one place.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public abstract class PlacementAttribute : Attribute
{
    private protected PlacementAttribute()
    {
    }
}
