namespace Mtl.Api.Inference;

/// <summary>The protocol's datatypes that models of the platform take and give.</summary>
internal static class Datatypes
{
    /// <summary>What models give for numbers, and take them as.</summary>
    public const string Numbers = "FP32";

    public const string Texts = "BYTES";

    /// <summary>Datatypes that numbers may be sent in, and whether they must be whole; models compute in float32, to which they are rounded.</summary>
    public static readonly IReadOnlyDictionary<string, bool> IsWhole = new Dictionary<string, bool>
    {
        ["FP32"] = false,
        ["FP64"] = false,
        ["INT32"] = true,
        ["INT64"] = true,
    };

    public static string All => string.Join(", ", IsWhole.Keys.Append(Texts));
}
