using System.Net;
using AngleSharp.Dom;
using Ganss.Xss;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Mtl.Application.Collaboration.Notes;

/// <summary>
/// Markdown that people and programs write, as HTML that is safe to show to everybody else: HTML in it is shown as text, images become links (a picture from elsewhere would tell its host who
/// reads the note), and the result holds nothing but <see cref="Tags"/>, with http, https, mailto and relative links.
/// </summary>
public static class NoteHtml
{
    /// <summary>Headings begin below the page's own, which are the first two levels.</summary>
    private const int HeadingShift = 2;

    private const int LowestHeading = 6;

    private static readonly string[] Tags =
    [
        "p", "br", "hr", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "em", "strong", "del", "sub", "sup", "a", "table", "thead", "tbody", "tr", "th", "td",
    ];

    private static readonly MarkdownPipeline Markdown = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseAutoLinks().UseEmphasisExtras().Build();

    private static readonly HtmlSanitizer Sanitizer = Strict();

    /// <summary>The HTML of <paramref name="markdown"/>; empty for a blank text.</summary>
    public static string Of(string markdown)
    {
        if (string.IsNullOrWhiteSpace(markdown))
            return "";
        try
        {
            var document = Markdig.Markdown.Parse(markdown, Markdown);
            Adapt(document);
            return Sanitizer.Sanitize(document.ToHtml(Markdown)).Trim();
        }
        catch (ArgumentException)
        {
            // Nested deeper than the parser follows: shown as it was written.
            return $"<pre>{WebUtility.HtmlEncode(markdown)}</pre>";
        }
    }

    private static void Adapt(MarkdownDocument document)
    {
        foreach (var part in document.Descendants())
        {
            if (part is HeadingBlock heading)
                heading.Level = Math.Min(heading.Level + HeadingShift, LowestHeading);
            else if (part is LinkInline image)
                image.IsImage = false;
        }
    }

    private static HtmlSanitizer Strict()
    {
        var sanitizer = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = Tags.ToHashSet(StringComparer.OrdinalIgnoreCase),
            AllowedAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "href", "title" },
            AllowedSchemes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "http", "https", "mailto" },
            UriAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "href" },
        });
        // Another site may open, without being told from where, and without power over this page.
        sanitizer.PostProcessNode += (_, e) =>
        {
            if (e.Node is not IElement { LocalName: "a" } link)
                return;
            link.SetAttribute("rel", "noopener noreferrer nofollow");
            link.SetAttribute("target", "_blank");
        };
        return sanitizer;
    }
}
