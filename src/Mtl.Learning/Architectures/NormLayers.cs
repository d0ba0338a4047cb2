using Mtl.Graph;

namespace Mtl.Learning.Architectures;

/// <summary>Normalising layers.</summary>
internal static class NormLayers
{
    /// <summary>Layer normalisation over the last axis, scale 1 and bias 0 at the start. Source: Ba, Kiros and Hinton, "Layer Normalization", 2016.</summary>
    public static Node Norm(this ModelScope scope, Node x)
    {
        var width = x.Shape[^1];
        return x.LayerNormalization(scope.Parameter("scale", [width], (values, _) => values.Fill(1)), scope.Parameter("bias", [width], Initializers.Zeros));
    }
}
