using Mtl.Application.Access;
using Mtl.Core;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Runs;
using Mtl.Tracking.Search;

namespace Mtl.Application.Runs;

/// <inheritdoc cref="IRunOverviews"/>
internal sealed class RunOverviewService(IRunStore runs, IRunDataStore data, IMetricReader metrics, ISearch search, IAccess access) : IRunOverviews
{
    private const int MostVersions = 50;

    public async Task<Result<RunOverview>> GetAsync(string runId, CancellationToken cancellation = default)
    {
        if (await access.RefuseAsync(Permission.Read, Resource.Run(runId), cancellation) is { } refusal)
            return refusal;
        var found = await runs.GetAsync(runId, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        var summaries = await metrics.SummariesAsync([runId], cancellation);
        var ofRun = new Condition(SearchField.Attribute, "run_id", Comparison.Equal, new ConditionValue.Text(runId));
        var versions = await search.VersionsAsync(new SearchQuery([ofRun], [], MostVersions), cancellation);
        var isReadable = await access.ReadableAsync(ResourceKind.RegisteredModel, cancellation);
        return new RunOverview(
            found.Value.Owner,
            found.Value.DeletedAt,
            (await data.OfAsync([runId], cancellation))[runId],
            summaries.TryGetValue(runId, out var series) ? series : new Dictionary<string, MetricSummary>(),
            versions.IsSuccess ? [.. versions.Value.Items.Where(version => isReadable(version.Name))] : []);
    }
}
