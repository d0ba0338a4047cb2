using System.Text;
using Mtl.Application.Collaboration.Tables;
using Mtl.Core;
using Mtl.Tracking.Search;

namespace Mtl.Application.Tests.Collaboration;

/// <summary>Tables that are read page by page, as one file.</summary>
public class CsvPagesTests
{
    [Fact]
    public async Task All_pages_follow_one_header()
    {
        using var file = new MemoryStream();

        (await CsvPages.WriteAsync(file, ["n", "text"], token => PageAsync(token, last: 3))).ShouldBeNull();

        Encoding.UTF8.GetString(file.ToArray()).ShouldBe("n,text\r\n1,\"a,b\"\r\n2,\"a,b\"\r\n3,\"a,b\"\r\n");
    }

    [Fact]
    public async Task A_page_that_is_refused_ends_it_with_the_reason()
    {
        using var file = new MemoryStream();
        var gone = Error.NotFound("The run is gone.");

        (await CsvPages.WriteAsync(file, ["n", "text"], token => token == "3" ? Task.FromResult<Result<Page<IReadOnlyList<string>>>>(gone) : PageAsync(token, last: 9))).ShouldBe(gone);
    }

    private static Task<Result<Page<IReadOnlyList<string>>>> PageAsync(string? token, int last)
    {
        var n = token is null ? 1 : int.Parse(token, System.Globalization.CultureInfo.InvariantCulture);
        return Task.FromResult<Result<Page<IReadOnlyList<string>>>>(new Page<IReadOnlyList<string>>([[$"{n}", "a,b"]], n == last ? null : $"{n + 1}"));
    }
}
