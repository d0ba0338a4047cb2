using Mtl.Core;
using Mtl.Tracking.Search;

namespace Mtl.Application.Access;

/// <summary>
/// A page of a search that finds everybody's records, with those alone that the caller may read. It is as full as there are such records, its token is the place of one of them (a token can be
/// read), and there is a token only where another of them follows: so neither tells of what is hidden.
/// </summary>
internal static class ReadablePage
{
    /// <summary>Most records looked at in one go.</summary>
    private const int LongestStride = 5000;

    /// <param name="search">Gives a page of everybody's records.</param>
    public static async Task<Result<Page<T>>> OfAsync<T>(SearchQuery query, Func<T, bool> isReadable, Func<SearchQuery, Task<Result<Page<T>>>> search)
    {
        var items = new List<T>();
        var (token, size) = (query.PageToken, query.PageSize);
        while (true)
        {
            var found = await search(query with { PageToken = token, PageSize = size });
            if (!found.IsSuccess)
                return found.Error;

            for (var i = 0; i < found.Value.Items.Count; i++)
            {
                if (!isReadable(found.Value.Items[i]))
                    continue;
                items.Add(found.Value.Items[i]);
                if (items.Count == query.PageSize)
                    return await EndAsync(items, query with { PageToken = token, PageSize = i + 1 }, isReadable, search);
            }

            if (found.Value.NextToken is not { } next)
                return new Page<T>(items, null);
            (token, size) = (next, Math.Min(Math.Max(size, query.PageSize) * 2, LongestStride));
        }
    }

    /// <summary>The full page, with the token of its last record where another one follows that the caller may read.</summary>
    /// <param name="last">Finds the page's last record as its own last one.</param>
    private static async Task<Result<Page<T>>> EndAsync<T>(List<T> items, SearchQuery last, Func<T, bool> isReadable, Func<SearchQuery, Task<Result<Page<T>>>> search)
    {
        var end = await search(last);
        if (!end.IsSuccess)
            return end.Error;
        var size = 1;
        for (var token = end.Value.NextToken; token is not null; size = Math.Min(size * 2, LongestStride))
        {
            var behind = await search(last with { PageToken = token, PageSize = size });
            if (!behind.IsSuccess)
                return behind.Error;
            if (behind.Value.Items.Any(isReadable))
                return new Page<T>(items, end.Value.NextToken);
            token = behind.Value.NextToken;
        }

        return new Page<T>(items, null);
    }
}
