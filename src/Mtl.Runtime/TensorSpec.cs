using Mtl.Graph;

namespace Mtl.Runtime;

/// <summary>What a model takes or gives under one name. A free dimension is a symbol such as <c>batch</c>; one that has no name is called <c>?</c>.</summary>
public sealed record TensorSpec(string Name, ElementType Type, Shape Shape)
{
    internal const string Unnamed = "?";

    /// <summary>Whether the leading dimension is free, as a batch's is.</summary>
    public bool IsBatched => Shape.Rank > 0 && !Shape[0].IsKnown;

    internal bool Accepts(ReadOnlySpan<long> shape)
    {
        if (shape.Length != Shape.Rank)
        {
            return false;
        }

        for (var i = 0; i < shape.Length; i++)
        {
            if (Shape[i].IsKnown && Shape[i].Value != shape[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary><c>Float [batch, 64]</c>.</summary>
    public override string ToString() => $"{Type} {Shape}";
}
