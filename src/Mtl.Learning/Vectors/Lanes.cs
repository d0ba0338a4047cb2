namespace Mtl.Learning.Vectors;

/// <summary>Constants of all widths.</summary>
internal static class Lanes
{
    /// <summary>2⁻¹²⁶, the smallest normal float.</summary>
    public const float SmallestNormal = 1.17549435E-38f;
}
