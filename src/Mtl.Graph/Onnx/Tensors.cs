using System.Runtime.InteropServices;
using Google.Protobuf;
using Mtl.Graph.Onnx.Proto;

namespace Mtl.Graph.Onnx;

/// <summary>Tensors and attributes as ONNX's messages, and back.</summary>
internal static class Tensors
{
    public static TensorProto Write(TensorValue value, string name)
    {
        var proto = new TensorProto { DataType = (int)value.ElementType };
        if (name.Length > 0) proto.Name = name;
        proto.Dims.AddRange(value.Shape.Values);
        if (value.ElementType == ElementType.String)
            foreach (var text in value.Span<string>()) proto.StringData.Add(ByteString.CopyFromUtf8(text));
        else
            proto.RawData = ByteString.CopyFrom(value.Bytes);
        return proto;
    }

    /// <summary>The tensor's value; null for an element type that this project does not use.</summary>
    public static TensorValue? Read(TensorProto proto)
    {
        var shape = Shape.From(proto.Dims);
        return (ElementType)proto.DataType switch
        {
            ElementType.Float => TensorValue.Of(shape, Elements(proto, proto.FloatData)),
            ElementType.Double => TensorValue.Of(shape, Elements(proto, proto.DoubleData)),
            ElementType.Int64 => TensorValue.Of(shape, Elements(proto, proto.Int64Data)),
            ElementType.Int32 => TensorValue.Of(shape, Elements(proto, proto.Int32Data)),
            ElementType.Bool => TensorValue.Of(shape, Elements(proto, proto.Int32Data.Select(x => x != 0))),
            ElementType.String => TensorValue.Of(shape, [.. proto.StringData.Select(s => s.ToStringUtf8())]),
            _ => null,
        };
    }

    public static AttributeProto Write(string name, object value)
    {
        var proto = new AttributeProto { Name = name };
        switch (value)
        {
            case long x: (proto.Type, proto.I) = (AttributeProto.Types.AttributeType.Int, x); break;
            case float x: (proto.Type, proto.F) = (AttributeProto.Types.AttributeType.Float, x); break;
            case string x: (proto.Type, proto.S) = (AttributeProto.Types.AttributeType.String, ByteString.CopyFromUtf8(x)); break;
            case TensorValue x: (proto.Type, proto.T) = (AttributeProto.Types.AttributeType.Tensor, Write(x, "")); break;
            case long[] x:
                proto.Type = AttributeProto.Types.AttributeType.Ints;
                proto.Ints.AddRange(x);
                break;
            case float[] x:
                proto.Type = AttributeProto.Types.AttributeType.Floats;
                proto.Floats.AddRange(x);
                break;
            case string[] x:
                proto.Type = AttributeProto.Types.AttributeType.Strings;
                proto.Strings.AddRange(x.Select(ByteString.CopyFromUtf8));
                break;
        }

        return proto;
    }

    /// <summary>The attribute's value; null for a kind that this project does not use.</summary>
    public static object? Read(AttributeProto proto) => proto.Type switch
    {
        AttributeProto.Types.AttributeType.Int => proto.I,
        AttributeProto.Types.AttributeType.Float => proto.F,
        AttributeProto.Types.AttributeType.String => proto.S.ToStringUtf8(),
        AttributeProto.Types.AttributeType.Tensor => Read(proto.T),
        AttributeProto.Types.AttributeType.Ints => proto.Ints.ToArray(),
        AttributeProto.Types.AttributeType.Floats => proto.Floats.ToArray(),
        AttributeProto.Types.AttributeType.Strings => proto.Strings.Select(s => s.ToStringUtf8()).ToArray(),
        _ => null,
    };

    private static T[] Elements<T>(TensorProto proto, IEnumerable<T> typed)
        where T : unmanaged => proto.HasRawData ? MemoryMarshal.Cast<byte, T>(proto.RawData.Span).ToArray() : [.. typed];
}
