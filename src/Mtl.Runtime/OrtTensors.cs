using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Mtl.Runtime;

/// <summary>Managed tensors to and from ONNX Runtime's.</summary>
internal static class OrtTensors
{
    /// <summary>Numbers are seen in place (pinned until disposed), strings are copied.</summary>
    public static OrtValue From(Tensor tensor) => tensor switch
    {
        Tensor<float> t => InPlace(t),
        Tensor<double> t => InPlace(t),
        Tensor<int> t => InPlace(t),
        Tensor<long> t => InPlace(t),
        Tensor<bool> t => InPlace(t),
        Tensor<string> t => Strings(t),
        _ => throw new NotSupportedException($"Tensors of {tensor.Type} are not supported."),
    };

    /// <summary>A managed copy.</summary>
    public static Tensor ToTensor(OrtValue value)
    {
        var info = value.GetTensorTypeAndShape();
        var shape = info.Shape;
        return info.ElementDataType switch
        {
            TensorElementType.Float => Copy<float>(value, shape),
            TensorElementType.Double => Copy<double>(value, shape),
            TensorElementType.Int32 => Copy<int>(value, shape),
            TensorElementType.Int64 => Copy<long>(value, shape),
            TensorElementType.Bool => Copy<bool>(value, shape),
            TensorElementType.String => Tensor.Of(value.GetStringTensorAsArray(), shape),
            var other => throw new NotSupportedException($"Outputs of {other} are not supported."),
        };
    }

    /// <summary>A tensor in a buffer, seen in place.</summary>
    public static OrtValue From(TensorView view) => OrtValue.CreateTensorValueWithData(
        OrtMemoryInfo.DefaultInstance,
        ElementTypes.Native(view.Type),
        [.. view.Shape],
        view.Memory.Address + (nint)view.ByteOffset,
        view.ByteCount);

    private static OrtValue InPlace<T>(Tensor<T> tensor)
        where T : unmanaged => OrtValue.CreateTensorValueFromMemory(tensor.Items, [.. tensor.Shape]);

    private static OrtValue Strings(Tensor<string> tensor)
    {
        var value = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, [.. tensor.Shape]);
        for (var i = 0; i < tensor.Items.Length; i++)
        {
            if (tensor.Items[i].Length > 0)
            {
                value.StringTensorSetElementAt(tensor.Items[i].AsSpan(), i);
            }
        }

        return value;
    }

    private static Tensor<T> Copy<T>(OrtValue value, long[] shape)
        where T : unmanaged => Tensor.Of(value.GetTensorDataAsSpan<T>().ToArray(), shape);
}
