using System.Data.Common;
using Mtl.Tracking.Search;

namespace Mtl.Storage.Relational.Search;

/// <summary>One search of one kind of record.</summary>
/// <param name="within">What every hit is of, as SQL over <c>r</c>.</param>
/// <param name="filters">What every hit meets.</param>
/// <param name="experiment">The parameter that stands for the one experiment searched, of which there are indexes; empty for several.</param>
/// <param name="limit">Most hits.</param>
internal sealed class RecordSearch(
    DbConnection connection, Dialect dialect, SearchShape shape, IReadOnlyList<SearchKey> keys, SearchArguments arguments, string within, IReadOnlyList<SearchFilter> filters,
    string experiment, int limit, SearchLimits limits)
{
    /// <summary>So many times as many runs are looked at the second time.</summary>
    private const int SecondLook = 4;

    /// <summary>The filters that the runs at hand may not meet: those are left out by which the runs were found.</summary>
    private IEnumerable<SearchFilter> open = filters;

    /// <summary>The hits behind a place, in order.</summary>
    /// <param name="experimentIds">Where runs are searched.</param>
    public List<SearchHit> Find(SearchQuery query, SearchPlace? after, IReadOnlyCollection<string> experimentIds)
    {
        if (!shape.HasMetrics)
            return Sort(new SearchTables($"{shape.Table} r", "1 = 1"), after, limit);
        var indexed = filters.Where(filter => filter.Rows is not null).ToArray();
        if (RunPlans.Few(connection, indexed, experimentIds, arguments, limits.Few) is { } few)
        {
            open = filters.Where(filter => filter != few.By);
            return Sort(few.Runs.ToArray(), after, limit);
        }

        if (indexed.Length > 0)
        {
            var walk = RunWalk.Of(query, experiment, arguments);
            if (walk is not null && Look(walk, after) is { } page)
                return page;
            open = filters.Except(indexed);
            return Find(RunPlans.Meeting(connection, indexed, arguments), walk, after);
        }

        return RunPlans.ByOrder(query.Order, experiment.Length > 0, keys, arguments) is { Count: > 0 } walks
            ? Walk(walks, after)
            : Sort(new SearchTables("runs r", "1 = 1"), after, limit);
    }

    private List<SearchHit> Sort(SearchTables from, SearchPlace? after, int most) =>
        Read(from, keys, "", after is null ? "" : SearchOrder.Behind(keys, after, arguments), SearchOrder.By(keys), most);

    private List<SearchHit> Sort(IReadOnlyCollection<long> runs, SearchPlace? after, int most) => runs.Count == 0 || most == 0
        ? []
        : Sort(new SearchTables($"({dialect.Numbers(runs, arguments)}) AS f CROSS JOIN runs r", "r.no = f.no"), after, most);

    /// <summary>The page, when the first runs of an index in the order fill it, or a second, longer look that promises to; null otherwise. Where many runs meet the conditions, this is all that has to be read.</summary>
    private List<SearchHit>? Look(RunWalk walk, SearchPlace? after)
    {
        if (after is { Values: [(not 0, _), ..] })
            return null;
        var hits = new List<SearchHit>();
        var size = limits.FirstLook;
        foreach (var batch in Batches(walk.Read(connection, after?.Values[0].Value, arguments, limits), () => size))
        {
            hits.AddRange(Sort(batch, after, limit - hits.Count));
            if (hits.Count == limit)
                return hits;
            if (size > limits.FirstLook || hits.Count * (1 + SecondLook) < limit)
                return null;
            size *= SecondLook;
        }

        return null;
    }

    /// <summary>Of the runs that meet the conditions which have an index: sorted when they are few, otherwise as an index in the order gives them, batch by batch.</summary>
    private List<SearchHit> Find(RunSet met, RunWalk? walk, SearchPlace? after)
    {
        if (walk is null || met.Count <= limits.FewSorted)
            return Sort(met.ToArray(), after, limit);

        var hits = new List<SearchHit>();
        var along = walk.Read(connection, after is { Values: [(0, var from), ..] } ? from : null, arguments, limits);
        foreach (var batch in Batches(along.Where(run => met.Contains(run.No)), () => limit))
        {
            hits.AddRange(Sort(batch, after, limit - hits.Count));
            if (hits.Count == limit)
                return hits;
        }

        // What is left has no value, or NaN; a page that begins amid the values has to leave out those before it.
        foreach (var (no, _) in walk.Read(connection, null, arguments, limits))
            met.Remove(no);
        hits.AddRange(Sort(met.ToArray(), after, limit - hits.Count));
        return hits;
    }

    /// <summary>The runs' numbers, so many or more at a time: runs of the same value stay together, for what comes next in the order decides among them.</summary>
    private static IEnumerable<List<long>> Batches(IEnumerable<(long No, long Bits)> runs, Func<int> size)
    {
        var batch = new List<long>();
        var value = 0L;
        foreach (var (no, at) in runs)
        {
            if (batch.Count >= size() && at != value)
            {
                yield return batch;
                batch = [];
            }

            value = at;
            batch.Add(no);
        }

        if (batch.Count > 0)
            yield return batch;
    }

    private List<SearchHit> Walk(IReadOnlyList<Walk> walks, SearchPlace? after)
    {
        var hits = new List<SearchHit>();
        foreach (var walk in walks.Where(walk => after is null || walk.Rank >= after.Values[0].Rank))
        {
            var isContinued = after is not null && walk.Rank == after.Values[0].Rank;
            if (walk.Rank == 0)
            {
                SearchKey[] here = [keys[0] with { Rank = null, Value = walk.Value, Join = "" }, .. keys.Skip(1)];

                // The bound on the first key alone is what an index understands.
                var bound = isContinued ? $" AND {walk.Value} {(keys[0].IsDescending ? "<=" : ">=")} {arguments.Add(after!.Values[0].Value!)}" : "";
                var behind = isContinued ? SearchOrder.Behind(here, after!, arguments) : "";
                hits.AddRange(Read(walk.From, here, bound, behind, SearchOrder.By(here), limit - hits.Count));
            }
            else
            {
                SearchKey[] here = [keys[0] with { Rank = $"{walk.Rank}", Value = "NULL", Join = "" }, .. keys.Skip(1)];
                var behind = isContinued ? SearchOrder.Behind(here, after!, arguments, from: 1) : "";
                hits.AddRange(Read(walk.From, here, "", behind, SearchOrder.By(here, from: 1), limit - hits.Count));
            }

            if (hits.Count == limit)
                break;
        }

        return hits;
    }

    private List<SearchHit> Read(SearchTables from, IReadOnlyList<SearchKey> here, string bound, string behind, string order, int most) => SearchPage.Read(
        connection,
        here,
        $"FROM {from.Tables} {string.Join(' ', here.Select(key => key.Join))} WHERE {from.Where} AND ({within}){string.Concat(open.Select(filter => $" AND ({filter.Sql})"))}{bound}",
        SearchOrder.Columns(here),
        behind,
        order,
        most,
        arguments);
}
