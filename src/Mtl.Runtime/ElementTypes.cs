using System.Runtime.CompilerServices;
using Microsoft.ML.OnnxRuntime.Tensors;
using Mtl.Graph;

namespace Mtl.Runtime;

/// <summary>Element types as .NET, ONNX Runtime and their sizes have them: one row each.</summary>
internal static class ElementTypes
{
    private static readonly (ElementType Type, Type Net, TensorElementType Native, int Bytes)[] Rows =
    [
        (ElementType.Float, typeof(float), TensorElementType.Float, sizeof(float)),
        (ElementType.Double, typeof(double), TensorElementType.Double, sizeof(double)),
        (ElementType.Int32, typeof(int), TensorElementType.Int32, sizeof(int)),
        (ElementType.Int64, typeof(long), TensorElementType.Int64, sizeof(long)),
        (ElementType.Bool, typeof(bool), TensorElementType.Bool, sizeof(bool)),
        (ElementType.String, typeof(string), TensorElementType.String, Unsafe.SizeOf<nint>()),
    ];

    public static ElementType Of<T>() => Array.Find(Rows, row => row.Net == typeof(T)) is { Net: not null } found
        ? found.Type
        : throw new NotSupportedException(
            $"Tensors of {typeof(T).Name} are not supported; supported are: {string.Join(", ", Rows.Select(row => row.Net.Name))}.");

    public static TensorElementType Native(ElementType type) => Array.Find(Rows, row => row.Type == type).Native;

    public static int Size(ElementType type) => Array.Find(Rows, row => row.Type == type).Bytes;

    /// <summary>The type of a model's input or output; null for those that the platform does not use (float16, uint8, …).</summary>
    public static ElementType? From(TensorElementType native) =>
        Array.Find(Rows, row => row.Native == native) is { Net: not null } found ? found.Type : null;
}
