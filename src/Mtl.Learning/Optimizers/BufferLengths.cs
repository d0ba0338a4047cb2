namespace Mtl.Learning.Optimizers;

/// <summary>The check that every optimiser's step begins with; its kernels rely on it.</summary>
internal static class BufferLengths
{
    public static void Require(int count, ReadOnlySpan<float> parameters, ReadOnlySpan<float> gradients)
    {
        if (parameters.Length != count || gradients.Length != count)
            throw new ArgumentException($"The optimizer was made for {count} parameters; it was given {parameters.Length} parameters and {gradients.Length} gradients.");
    }
}
