using System.Data.Common;
using Mtl.Tracking.Search;

namespace Mtl.Storage.Relational.Search;

/// <summary>One search of one kind of record.</summary>
/// <param name="where">All conditions, as SQL over <c>r</c>.</param>
/// <param name="limit">Most hits.</param>
internal sealed class RecordSearch(DbConnection connection, SearchShape shape, IReadOnlyList<SearchKey> keys, SearchArguments arguments, string where, int limit)
{
    /// <summary>The hits behind a place, in order.</summary>
    /// <param name="experimentIds">Where runs are searched.</param>
    public List<SearchHit> Find(SearchQuery query, SearchPlace? after, IReadOnlyCollection<string> experimentIds)
    {
        if (!shape.HasMetrics)
            return Sort($"FROM {shape.Table} r WHERE {where}", after);
        var walks = RunPlans.ByOrder(query, experimentIds.Count == 1, keys, arguments);
        if (RunPlans.ByCondition(connection, query, experimentIds, limit, walks.Count > 0, arguments) is { } few)
            return Sort($"{few} AND {where}", after);
        return walks.Count > 0 ? Walk(walks, after) : Sort($"FROM runs r WHERE {where}", after);
    }

    private List<SearchHit> Sort(string from, SearchPlace? after) => SearchPage.Read(
        connection, keys, from, SearchOrder.Columns(keys), after is null ? "" : SearchOrder.Behind(keys, after, arguments), SearchOrder.By(keys), limit, arguments);

    private List<SearchHit> Walk(IReadOnlyList<Walk> walks, SearchPlace? after)
    {
        var hits = new List<SearchHit>();
        foreach (var walk in walks.Where(walk => after is null || walk.Rank >= after.Values[0].Rank))
        {
            var isContinued = after is not null && walk.Rank == after.Values[0].Rank;
            if (walk.Rank == 0)
            {
                SearchKey[] here = [keys[0] with { Rank = null, Value = walk.Value }, .. keys.Skip(1)];

                // The bound on the first key alone is what an index understands.
                var bound = isContinued ? $" AND {walk.Value} {(keys[0].IsDescending ? "<=" : ">=")} {arguments.Add(after!.Values[0].Value!)}" : "";
                var behind = isContinued ? SearchOrder.Behind(here, after!, arguments) : "";
                hits.AddRange(Read(walk, here, bound, behind, SearchOrder.By(here), hits.Count));
            }
            else
            {
                SearchKey[] here = [keys[0] with { Rank = $"{walk.Rank}", Value = "NULL" }, .. keys.Skip(1)];
                var behind = isContinued ? SearchOrder.Behind(here, after!, arguments, from: 1) : "";
                hits.AddRange(Read(walk, here, "", behind, SearchOrder.By(here, from: 1), hits.Count));
            }

            if (hits.Count == limit)
                break;
        }

        return hits;
    }

    private List<SearchHit> Read(Walk walk, SearchKey[] here, string bound, string behind, string order, int found) =>
        SearchPage.Read(connection, here, $"{walk.From} AND {where}{bound}", SearchOrder.Columns(here), behind, order, limit - found, arguments);
}
