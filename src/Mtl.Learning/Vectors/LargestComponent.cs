namespace Mtl.Learning.Vectors;

/// <summary>The maximum norm of a vector.</summary>
internal static class LargestComponent
{
    /// <summary>max |vᵢ|; NaN when an element is no number, 0 for none.</summary>
    public static double Of(ReadOnlySpan<float> values)
    {
        var largest = 0f;
        foreach (var value in values)
            largest = MathF.Max(largest, MathF.Abs(value));
        return largest;
    }
}
