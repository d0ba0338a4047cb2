namespace Mtl.Dashboard.Models;

/// <summary>What an entry of the audit log is about, as it is shown.</summary>
/// <param name="Text">Kind and name (<c>experiment …d179a5c2</c>); of an id its end.</param>
/// <param name="Address">Its page; null where it has none.</param>
public sealed record AuditThing(string Text, string? Address)
{
    private const int IdLength = 32;

    private static readonly Dictionary<string, string> Pages = new() { ["experiment"] = "experiments", ["run"] = "runs", ["model"] = "models" };

    /// <summary>Of <c>kind:name</c>; other texts stay as they are.</summary>
    public static AuditThing Of(string thing)
    {
        if (thing.Split(':', 2) is not [var kind, { Length: > 0 } name])
            return new AuditThing(thing, null);
        var shown = name.Length == IdLength && name.All(char.IsAsciiHexDigit) ? Formats.ShortId(name) : name;
        return new AuditThing($"{kind} {shown}", Pages.TryGetValue(kind, out var page) ? $"{page}/{Uri.EscapeDataString(name)}" : null);
    }
}
