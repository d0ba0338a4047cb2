namespace Mtl.Graph;

/// <summary>What a tensor holds. The numbers are ONNX's <c>TensorProto.DataType</c>.</summary>
public enum ElementType
{
    /// <summary>32-bit floating point: what models train and serve in.</summary>
    Float = 1,

    /// <summary>32-bit integers.</summary>
    Int32 = 6,

    /// <summary>64-bit integers: indices, shapes, category ids.</summary>
    Int64 = 7,

    /// <summary>UTF-8 text: raw categories.</summary>
    String = 8,

    /// <summary>Truth values: masks.</summary>
    Bool = 9,

    /// <summary>64-bit floating point: gradient checks.</summary>
    Double = 11,
}
