using System.Text;
using Mtl.Core;
using Mtl.Tracking.Search;

namespace Mtl.Application.Collaboration.Tables;

/// <summary>A table that is read page by page, as one CSV file.</summary>
public static class CsvPages
{
    /// <summary>Writes the header and all rows; ends at the first page that is refused, and gives back why.</summary>
    /// <param name="page">The page that begins where the one before it said; null for the first.</param>
    public static async Task<Error?> WriteAsync(Stream target, IReadOnlyList<string> header, Func<string?, Task<Result<Page<IReadOnlyList<string>>>>> page, CancellationToken cancellation = default)
    {
        await target.WriteAsync(Encoding.UTF8.GetBytes(CsvText.Line(header)), cancellation);
        string? token = null;
        do
        {
            var read = await page(token);
            if (!read.IsSuccess)
                return read.Error;
            foreach (var row in read.Value.Items)
                await target.WriteAsync(Encoding.UTF8.GetBytes(CsvText.Line(row)), cancellation);
            token = read.Value.NextToken;
        }
        while (token is not null);
        return null;
    }
}
