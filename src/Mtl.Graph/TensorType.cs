namespace Mtl.Graph;

/// <summary>Element type and shape of one tensor.</summary>
public readonly record struct TensorType(ElementType ElementType, Shape Shape)
{
    /// <summary><c>Float [batch, 64]</c>.</summary>
    public override string ToString() => $"{ElementType} {Shape}";
}
