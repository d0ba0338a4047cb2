namespace Mtl.Runtime;

/// <summary>Types of tensor elements that the platform's graphs use.</summary>
public enum ElementType
{
    Float,
    Double,
    Int32,
    Int64,
    Bool,
    String,
}
