using AngleSharp.Html.Parser;
using Mtl.Application.Collaboration.Notes;

namespace Mtl.Application.Tests.Collaboration;

public sealed class NoteHtmlTests
{
    private static readonly string[] Tags =
    [
        "p", "br", "hr", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "em", "strong", "del", "sub", "sup", "a", "table", "thead", "tbody", "tr", "th", "td",
    ];

    private static readonly string[] Attributes = ["href", "title", "rel", "target"];

    public static TheoryData<string> Attacks => new(
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)><animate onbegin=alert(1) attributeName=x></svg>",
        "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](java\tscript:alert(1))",
        "[a](&#106;avascript:alert(1))",
        "[a](&#x6A;ava&Tab;script:alert(1))",
        "[a](\u0001javascript:alert(1))",
        "[a](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
        "[a](vbscript:msgbox(1))",
        "[a]: javascript:alert(1)\n\n[a]",
        "<javascript:alert(1)>",
        "![x](javascript:alert(1))",
        "![x](https://example.org/pixel.png)",
        "[x](https://example.org \"\\\" onmouseover=alert(1) x=\\\"\")",
        "[x](https://example.org/\"onmouseover=alert(1))",
        "```html\"onload=alert(1)\n<script>alert(1)</script>\n```",
        "`<script>alert(1)</script>`",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
        "<form id=x></form><button form=x formaction=javascript:alert(1)>x",
        "<style>@import 'https://example.org/x.css';</style>",
        "| a | b |\n|:-:|--:|\n| <script>alert(1)</script> | [x](javascript:alert(1)) |",
        "</p></div></main><script>alert(1)</script>",
        "<!--><script>alert(1)</script>-->",
        "# <b onclick=alert(1)>x</b>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "https://example.org/<script>alert(1)</script>",
        "www.example.org/\"><script>alert(1)</script>",
        "\0<script\0>alert(1)</script>");

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Nothing_but_harmless_markup_comes_out_of_what_is_meant_to_run(string note) => ShouldBeHarmless(NoteHtml.Of(note));

    [Fact]
    public void Nothing_but_harmless_markup_comes_out_of_any_mixture_of_such_pieces()
    {
        string[] pieces = [.. Attacks.Select(row => row.Data), "**", "_", "> ", "- ", "\n\n", "\n", "|", "`", "[", "](", ")", "<", ">", "\"", "'", "&lt;", "~~", "\\", "    ", "# "];
        var random = new Random(7);
        for (var round = 0; round < 2000; round++)
            ShouldBeHarmless(NoteHtml.Of(string.Concat(random.GetItems(pieces, random.Next(1, 12)))));
    }

    [Fact]
    public void Html_is_shown_as_it_was_written() =>
        NoteHtml.Of("a <b>bold</b> move").ShouldBe("<p>a &lt;b&gt;bold&lt;/b&gt; move</p>");

    [Fact]
    public void Headings_begin_below_those_of_the_page() => NoteHtml.Of("# One\n\n##### Five").ShouldBe("<h3>One</h3>\n<h6>Five</h6>");

    [Fact]
    public void Lists_code_tables_and_emphasis_come_out() =>
        NoteHtml.Of("- **a** ~~b~~\n\n```python\nx < 1\n```\n\n|h|\n|-|\n|c|").ShouldBe(
            "<ul>\n<li><strong>a</strong> <del>b</del></li>\n</ul>\n<pre><code>x &lt; 1\n</code></pre>\n<table>\n<thead>\n<tr>\n<th>h</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>c</td>\n</tr>\n</tbody>\n</table>");

    [Fact]
    public void A_link_opens_beside_the_page_and_tells_its_site_nothing() => NoteHtml.Of("[x](https://example.org/a)").ShouldBe(
        "<p><a href=\"https://example.org/a\" rel=\"noopener noreferrer nofollow\" target=\"_blank\">x</a></p>");

    [Fact]
    public void A_picture_becomes_a_link_to_it() => NoteHtml.Of("![chart](https://example.org/a.png)").ShouldBe(
        "<p><a href=\"https://example.org/a.png\" rel=\"noopener noreferrer nofollow\" target=\"_blank\">chart</a></p>");

    [Fact]
    public void What_is_nested_too_deep_to_follow_is_shown_as_text()
    {
        var html = NoteHtml.Of($"{new string('>', 20_000)} <i>deep</i>");

        ShouldBeHarmless(html);
        html.ShouldContain("&lt;i&gt;deep&lt;/i&gt;");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t")]
    public void A_blank_note_is_nothing(string note) => NoteHtml.Of(note).ShouldBeEmpty();

    private static void ShouldBeHarmless(string html)
    {
        var body = new HtmlParser().ParseDocument($"<body>{html}").Body!;
        foreach (var element in body.QuerySelectorAll("*"))
        {
            element.LocalName.ShouldBeOneOf(Tags);
            foreach (var attribute in element.Attributes)
                attribute.Name.ShouldBeOneOf(Attributes);
            if (element.GetAttribute("href") is { Length: > 0 } href && new Uri(new Uri("https://here.test/"), href) is var target)
                target.Scheme.ShouldBeOneOf("http", "https", "mailto");
        }
    }
}
