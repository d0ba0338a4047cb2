using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mtl.Core;

namespace Mtl.Learning.Training;

/// <summary>
/// The file form of a <see cref="Checkpoint"/>: safetensors, that is 8 bytes of header length (little-endian), a JSON header with each tensor's dtype, shape and
/// place in the data, then the data. The header's <c>__metadata__</c> holds fingerprint, step, epoch, elapsed ticks, threads, and the SHA-256 of all else (metadata, tensor list and data).
/// Source: https://github.com/huggingface/safetensors#format.
/// </summary>
internal static class CheckpointFile
{
    private const string Version = "mtl-checkpoint-1";
    private const int MaximumHeaderBytes = 16 << 20;
    private const string Advice = "Go on from an older checkpoint, or start the run anew.";

    public static void Write(Checkpoint checkpoint, Stream stream)
    {
        var tensors = new JsonObject();
        long offset = 0;
        foreach (var (name, tensor) in checkpoint.Tensors)
        {
            tensors[name] = new JsonObject
            {
                ["dtype"] = tensor.ElementType,
                ["shape"] = new JsonArray(tensor.Length),
                ["data_offsets"] = new JsonArray(offset, offset + tensor.Bytes.Length),
            };
            offset += tensor.Bytes.Length;
        }

        var metadata = new JsonObject
        {
            ["format"] = Version,
            ["fingerprint"] = checkpoint.Fingerprint,
            ["step"] = checkpoint.Step.ToString(CultureInfo.InvariantCulture),
            ["epoch"] = checkpoint.Epoch.ToString(CultureInfo.InvariantCulture),
            ["elapsedTicks"] = checkpoint.Elapsed.Ticks.ToString(CultureInfo.InvariantCulture),
            ["threads"] = checkpoint.Threads.ToString(CultureInfo.InvariantCulture),
        };
        var header = Header(metadata, tensors);
        metadata["sha256"] = Digest(header, checkpoint.Tensors.Values);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(header);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, bytes.Length);
        stream.Write(length);
        stream.Write(bytes);
        foreach (var tensor in checkpoint.Tensors.Values)
            stream.Write(tensor.Bytes);
    }

    public static Result<Checkpoint> Read(Stream stream)
    {
        Span<byte> prefix = stackalloc byte[8];
        if (stream.ReadAtLeast(prefix, 8, throwOnEndOfStream: false) < 8)
            return Broken("it ends within the header's length");
        var length = BinaryPrimitives.ReadInt64LittleEndian(prefix);
        if (length is < 2 or > MaximumHeaderBytes)
            return Broken($"its header is said to have {length} bytes");
        var bytes = new byte[length];
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            return Broken("it ends within the header");
        try
        {
            return JsonNode.Parse(bytes) is JsonObject header ? ReadBody(header, stream) : Broken("its header is no JSON object");
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or ArgumentException or OverflowException)
        {
            return Broken("its header can't be read");
        }
    }

    private static Result<Checkpoint> ReadBody(JsonObject header, Stream stream)
    {
        if (header["__metadata__"] is not JsonObject metadata || (string?)metadata["format"] != Version)
            return Broken($"its header does not say '{Version}'");
        var tensors = new Dictionary<string, CheckpointTensor>();
        long offset = 0;
        foreach (var (name, entry) in header.Where(member => member.Key != "__metadata__"))
        {
            var type = (string?)entry?["dtype"] ?? "";
            var (from, to) = ((long?)entry?["data_offsets"]?[0] ?? -1, (long?)entry?["data_offsets"]?[1] ?? -1);
            var size = CheckpointTensor.SizeOf(type);
            if (size == 0 || from != offset || to < from || to - from > Array.MaxLength || (to - from) % size != 0)
                return Broken($"its entry '{name}' makes no sense");
            if (stream.CanSeek && stream.Length - stream.Position < to - from)
                return Broken($"it ends within '{name}'");
            var data = new byte[to - from];
            if (stream.ReadAtLeast(data, data.Length, throwOnEndOfStream: false) < data.Length)
                return Broken($"it ends within '{name}'");
            tensors[name] = new CheckpointTensor(type, data);
            offset = to;
        }

        var sum = (string?)metadata["sha256"];
        metadata.Remove("sha256");
        if (stream.ReadByte() >= 0)
            return Broken("it goes on after its end");
        if (sum != Digest(header, tensors.Values))
            return Broken("its SHA-256 does not match its content");
        return new Checkpoint(
            (string)metadata["fingerprint"]!,
            long.Parse((string)metadata["step"]!, CultureInfo.InvariantCulture),
            int.Parse((string)metadata["epoch"]!, CultureInfo.InvariantCulture),
            TimeSpan.FromTicks(long.Parse((string)metadata["elapsedTicks"]!, CultureInfo.InvariantCulture)),
            int.Parse((string)metadata["threads"]!, CultureInfo.InvariantCulture),
            tensors);
    }

    private static JsonObject Header(JsonObject metadata, JsonObject tensors)
    {
        var header = new JsonObject { ["__metadata__"] = metadata };
        foreach (var (name, entry) in tensors.ToList())
        {
            tensors.Remove(name);
            header[name] = entry;
        }

        return header;
    }

    /// <summary>SHA-256 over the header without its own digest, and the data.</summary>
    private static string Digest(JsonObject header, IEnumerable<CheckpointTensor> tensors)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(header));
        foreach (var tensor in tensors)
            hash.AppendData(tensor.Bytes);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static Error Broken(string what) => Error.Invalid($"The checkpoint file is damaged: {what}.", Advice);
}
