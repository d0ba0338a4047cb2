using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Mtl.EndToEnd.Tests.Browser;

/// <summary>What is looked at on every page that the tests come to.</summary>
internal static class Inspection
{
    private const int PhoneWidth = 390;

    private const string RunAxe = """
        async () => {
          const result = await axe.run(document, { resultTypes: ['violations'] });
          return result.violations.filter(found => found.impact === 'serious' || found.impact === 'critical')
            .flatMap(found => found.nodes.map(node => `${found.id} (${found.impact}): ${node.target.join(' ')}: ${node.failureSummary}`));
        }
        """;

    private const string WiderThanWindow = """
        async () => {
          const root = document.scrollingElement;
          for (let frame = 0; frame < 100 && (innerWidth > 390 || root.scrollWidth > root.clientWidth); frame++) {
            await new Promise(drawn => requestAnimationFrame(drawn));
          }
          return root.scrollWidth <= root.clientWidth ? [] : [`page: ${root.scrollWidth} of ${root.clientWidth} px`,
            ...[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > root.clientWidth + 1 && !e.closest('.table-wrap')).slice(0, 5)
              .map(e => `${e.tagName.toLowerCase()}.${e.className} to ${Math.round(e.getBoundingClientRect().right)} px`)];
        }
        """;

    private static readonly string Axe = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "axe.min.js"));

    /// <summary>No error so far, nothing serious that axe finds, and no sideways scrolling on a phone.</summary>
    public static async Task InspectAsync(this Visitor visitor, string what)
    {
        var page = visitor.Page;
        visitor.Errors.ShouldBeEmpty(what);
        // Between two pages the title is empty for a moment.
        await Assertions.Expect(page).ToHaveTitleAsync(new Regex(@"\S"));

        await page.EvaluateAsync($"() => {{ if (!window.axe) {{ {Axe} }} }}");
        (await TextsAsync(page, RunAxe)).ShouldBeEmpty($"accessibility of: {what}");

        var size = page.ViewportSize!;
        await page.SetViewportSizeAsync(PhoneWidth, size.Height);
        (await TextsAsync(page, WiderThanWindow)).ShouldBeEmpty($"width on a phone of: {what}");
        await page.SetViewportSizeAsync(size.Width, size.Height);
    }

    private static async Task<string[]> TextsAsync(IPage page, string script) => (await page.EvaluateAsync<JsonElement>(script)).EnumerateArray().Select(text => text.GetString()!).ToArray();
}
