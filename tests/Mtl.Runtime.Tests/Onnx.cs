using Google.Protobuf;

namespace Mtl.Runtime.Tests;

/// <summary>The smallest ONNX models, written field by field.</summary>
internal static class Onnx
{
    public static byte[] Model(string[] nodes, string[] inputs, string[] outputs) => Message(o =>
    {
        o.Number(1, 8);
        o.Bytes(7, Message(g =>
        {
            foreach (var node in nodes) g.Bytes(1, Node(node));
            g.Text(2, "graph");
            foreach (var input in inputs) g.Bytes(11, Value(input));
            foreach (var output in outputs) g.Bytes(12, Value(output));
        }));
        o.Bytes(8, Message(s => s.Number(2, 17)));
    });

    /// <summary><c>y = MatMul x w</c></summary>
    private static byte[] Node(string text) => Message(n =>
    {
        var parts = text.Split(' ');
        foreach (var input in parts[3..]) n.Text(1, input);
        n.Text(2, parts[0]);
        n.Text(4, parts[2]);
    });

    /// <summary><c>x Float batch 64</c></summary>
    private static byte[] Value(string text) => Message(v =>
    {
        var parts = text.Split(' ');
        var type = new Dictionary<string, int> { ["Float"] = 1, ["UInt8"] = 2, ["Int64"] = 7, ["String"] = 8, ["Bool"] = 9 }[parts[1]];
        v.Text(1, parts[0]);
        v.Bytes(2, Message(t => t.Bytes(1, Message(tensor =>
        {
            tensor.Number(1, type);
            tensor.Bytes(2, Message(shape =>
            {
                foreach (var d in parts[2..])
                {
                    shape.Bytes(1, Message(dim => { if (long.TryParse(d, out var n)) dim.Number(1, n); else dim.Text(2, d); }));
                }
            }));
        }))));
    });

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream)) write(output);
        return stream.ToArray();
    }

    private static void Number(this CodedOutputStream o, int field, long value) { o.WriteTag(field, WireFormat.WireType.Varint); o.WriteInt64(value); }

    private static void Text(this CodedOutputStream o, int field, string value) { o.WriteTag(field, WireFormat.WireType.LengthDelimited); o.WriteString(value); }

    private static void Bytes(this CodedOutputStream o, int field, byte[] value) { o.WriteTag(field, WireFormat.WireType.LengthDelimited); o.WriteBytes(ByteString.CopyFrom(value)); }
}
