using System.Globalization;

namespace Mtl.Application.Tracking;

/// <summary>Names for runs that their clients give none: an adjective, a noun and a number, the same for the same id.</summary>
internal static class RunNames
{
    private static readonly string[] Adjectives =
        ["able", "brave", "calm", "clever", "eager", "fair", "gentle", "happy", "keen", "kind", "lively", "lucky", "merry", "nimble", "proud", "quick", "quiet", "rare", "sharp", "steady", "swift", "warm", "wise", "young"];

    private static readonly string[] Nouns =
        ["ant", "bear", "crane", "deer", "eagle", "finch", "fox", "goat", "hare", "heron", "ibis", "lark", "lynx", "mole", "newt", "otter", "owl", "panda", "quail", "robin", "seal", "swan", "toad", "wren"];

    /// <param name="id">32 hexadecimal digits.</param>
    public static string Of(string id)
    {
        var seed = uint.Parse(id.AsSpan(24), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return $"{Adjectives[seed % Adjectives.Length]}-{Nouns[seed / 97 % Nouns.Length]}-{(seed / 9973 % 1000).ToString(CultureInfo.InvariantCulture)}";
    }
}
