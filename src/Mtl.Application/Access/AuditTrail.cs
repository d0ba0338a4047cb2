using System.Text;
using System.Text.Json;
using Mtl.Tracking.People;

namespace Mtl.Application.Access;

/// <inheritdoc cref="IAuditTrail"/>
internal sealed class AuditTrail(IAuditStore store, CallerContext context, TimeProvider time) : IAuditTrail
{
    private const int LongestText = 500;

    /// <summary>The deed is done, so the note is written even when whoever asked for it has gone.</summary>
    public Task NoteAsync(string action, Resource? resource = null, string detail = "") => store.AppendAsync(EntryOf(context.Caller, action, resource, detail), CancellationToken.None);

    public Task NoteOfAsync(string userId, string name, string action, string detail = "") =>
        store.AppendAsync(EntryOf(context.Caller, action, null, detail) with { UserId = userId, Who = Plain(name) }, CancellationToken.None);

    private AuditEntry EntryOf(Caller caller, string action, Resource? resource, string detail) => new(
        0,
        time.GetUtcNow(),
        caller.UserId,
        caller.Name,
        caller.By,
        action,
        resource is { } thing ? Plain($"{JsonNamingPolicy.KebabCaseLower.ConvertName(thing.Kind.ToString())}:{thing.Id}") : "",
        Plain(detail),
        caller.Address,
        context.RequestId);

    /// <summary>One line of printable text, whatever was sent.</summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (plain.Length >= LongestText)
                return plain.Append('…').ToString();
            plain.Append(Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format
                or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator ? Rune.ReplacementChar : rune);
        }

        return plain.ToString();
    }
}
