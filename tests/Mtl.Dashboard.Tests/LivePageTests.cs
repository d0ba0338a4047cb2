using Mtl.Dashboard.Components;

namespace Mtl.Dashboard.Tests;

public sealed class LivePageTests
{
    [Fact]
    public void Work_that_outlasts_its_page_can_still_ask_whether_that_is_gone()
    {
        var page = new Page();
        page.IsGone.ShouldBeFalse();

        page.Dispose();

        page.IsGone.ShouldBeTrue();
    }

    private sealed class Page : LivePage
    {
        public bool IsGone => Gone.IsCancellationRequested;
    }
}
