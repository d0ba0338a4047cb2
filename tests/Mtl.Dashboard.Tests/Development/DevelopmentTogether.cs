using Mtl.Application.Collaboration.Comments;
using Mtl.Application.Collaboration.Favourites;
using Mtl.Application.Collaboration.Filing;
using Mtl.Application.Collaboration.Groups;
using Mtl.Application.Collaboration.Notes;
using Mtl.Application.Collaboration.Tables;
using Mtl.Application.Collaboration.Tags;
using Mtl.Application.Collaboration.Views;
using Mtl.Application.Collaboration.Webhooks;
using Mtl.Application.Experiments;
using Mtl.Application.Runs;
using Mtl.Core;
using Mtl.Tracking.Collaboration;
using Mtl.Tracking.Collaboration.Webhooks;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Runs;
using Mtl.Tracking.Tags;

namespace Mtl.Dashboard.Tests.Development;

/// <summary>A site on which nobody has added anything yet, and nobody can.</summary>
internal sealed class DevelopmentTogether(IExperiments experiments, IRuns runs)
    : INotes, ITagging, IComments, IFavourites, IViews, IRunFiling, IRunTable, IRunGroups, IRunOverviews, IRunPreviews, IExperimentHeaders, IWebhooks
{
    private static readonly Error ReadOnly = Error.Unavailable("The development site keeps nothing.");

    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<DevelopmentTogether>();
        foreach (var contract in typeof(DevelopmentTogether).GetInterfaces())
            services.AddSingleton(contract, provider => provider.GetRequiredService<DevelopmentTogether>());
    }

    Task<Result<string>> INotes.GetAsync(TagOwner record, CancellationToken cancellation) => Task.FromResult<Result<string>>("");

    Task<Result<string>> INotes.SetAsync(TagOwner record, string markdown, CancellationToken cancellation) => Task.FromResult<Result<string>>(ReadOnly);

    Task<Result<IReadOnlyDictionary<string, string>>> ITagging.GetAsync(TagOwner record, CancellationToken cancellation) =>
        Task.FromResult(Result.Of<IReadOnlyDictionary<string, string>>(new Dictionary<string, string>()));

    Task<Result<string>> ITagging.SetAsync(TagOwner record, string key, string value, CancellationToken cancellation) => Task.FromResult<Result<string>>(ReadOnly);

    Task<Result<bool>> ITagging.DeleteAsync(TagOwner record, string key, CancellationToken cancellation) => Task.FromResult<Result<bool>>(ReadOnly);

    Task<Result<IReadOnlyList<Comment>>> IComments.ListAsync(TagOwner record, int limit, string? after, CancellationToken cancellation) => Task.FromResult(Result.Of<IReadOnlyList<Comment>>([]));

    Task<Result<Comment>> IComments.AddAsync(TagOwner record, string text, CancellationToken cancellation) => Task.FromResult<Result<Comment>>(ReadOnly);

    Task<Result<Comment>> IComments.EditAsync(string id, string text, CancellationToken cancellation) => Task.FromResult<Result<Comment>>(ReadOnly);

    Task<Result<bool>> IComments.RemoveAsync(string id, CancellationToken cancellation) => Task.FromResult<Result<bool>>(ReadOnly);

    public bool IsMine(Comment comment) => false;

    Task<Result<bool>> IFavourites.SetAsync(TagOwner record, bool isFavourite, CancellationToken cancellation) => Task.FromResult<Result<bool>>(ReadOnly);

    Task<IReadOnlyList<string>> IFavourites.OfAsync(TagOwnerKind kind, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<string>>([]);

    Task<Result<IReadOnlyList<SavedView>>> IViews.ListAsync(string experimentId, CancellationToken cancellation) => Task.FromResult(Result.Of<IReadOnlyList<SavedView>>([]));

    Task<Result<SavedView>> IViews.GetAsync(string id, CancellationToken cancellation) => Task.FromResult<Result<SavedView>>(ReadOnly);

    public Task<Result<SavedView>> SaveAsync(string experimentId, string name, string query, CancellationToken cancellation = default) => Task.FromResult<Result<SavedView>>(ReadOnly);

    Task<Result<SavedView>> IViews.UpdateAsync(string id, string name, string query, CancellationToken cancellation) => Task.FromResult<Result<SavedView>>(ReadOnly);

    Task<Result<bool>> IViews.RemoveAsync(string id, CancellationToken cancellation) => Task.FromResult<Result<bool>>(ReadOnly);

    public Task<Result<string>> RenameAsync(string runId, string name, CancellationToken cancellation = default) => Task.FromResult<Result<string>>(ReadOnly);

    public Task<Result<int>> MoveAsync(IReadOnlyList<string> runIds, string experimentId, CancellationToken cancellation = default) => Task.FromResult<Result<int>>(ReadOnly);

    public Task<Result<int>> ArchiveAsync(IReadOnlyList<string> runIds, CancellationToken cancellation = default) => Task.FromResult<Result<int>>(ReadOnly);

    public Task<Result<int>> RestoreAsync(IReadOnlyList<string> runIds, CancellationToken cancellation = default) => Task.FromResult<Result<int>>(ReadOnly);

    public async Task<Result<RunTablePage>> PageAsync(RunTableQuery query, CancellationToken cancellation = default) => new RunTablePage(
        [.. (await runs.ListAsync(query.ExperimentId, cancellation)).Take(query.PageSize).Select(run => new RunTableRow(
            run.Id, run.Name, run.Kind, run.Status, "", run.CreatedAt, run.StartedAt, run.EndedAt, null, new Dictionary<string, string> { ["method"] = run.Method }, run.Metrics, new Dictionary<string, string>()))],
        null);

    public Task<IReadOnlyList<RunTableRow>> OfAsync(IReadOnlyList<string> runIds, CancellationToken cancellation = default) => Task.FromResult<IReadOnlyList<RunTableRow>>([]);

    public Task<Result<Func<Stream, CancellationToken, Task>>> CsvAsync(RunTableQuery query, IReadOnlyList<ColumnKey> columns, CancellationToken cancellation = default) =>
        Task.FromResult<Result<Func<Stream, CancellationToken, Task>>>(ReadOnly);

    public Task<Result<RunGroups>> GroupAsync(RunGroupQuery query, CancellationToken cancellation = default) => Task.FromResult<Result<RunGroups>>(new RunGroups([], [], [], [], 0, false));

    public Task<Result<IReadOnlyList<GroupCurve>>> CurvesAsync(RunGroupQuery query, string metric, int maximumPoints = 400, CancellationToken cancellation = default) =>
        Task.FromResult(Result.Of<IReadOnlyList<GroupCurve>>([]));

    Task<Result<RunOverview>> IRunOverviews.GetAsync(string runId, CancellationToken cancellation) => Task.FromResult<Result<RunOverview>>(new RunOverview(
        "", null, new RunData(new Dictionary<string, string>(), new Dictionary<string, string>(), [], [], []), new Dictionary<string, MetricSummary>(), []));

    public Task<Result<TextPreview>> TextAsync(string runId, string path, CancellationToken cancellation = default) => Task.FromResult<Result<TextPreview>>(ReadOnly);

    public Task<Result<PicturePreview>> PictureAsync(string runId, string path, CancellationToken cancellation = default) => Task.FromResult<Result<PicturePreview>>(ReadOnly);

    async Task<Result<ExperimentHeader>> IExperimentHeaders.GetAsync(string id, CancellationToken cancellation) =>
        (await experiments.GetAsync(id, cancellation)).Map(details => new ExperimentHeader(details.Id, details.Name, details.Definition, false));

    Task<Result<string>> IExperimentHeaders.RenameAsync(string id, string name, CancellationToken cancellation) => Task.FromResult<Result<string>>(ReadOnly);

    Task<Result<IReadOnlyList<WebhookInfo>>> IWebhooks.ListAsync(CancellationToken cancellation) => Task.FromResult(Result.Of<IReadOnlyList<WebhookInfo>>([]));

    public Task<Result<WebhookWithSecret>> AddAsync(WebhookDraft draft, CancellationToken cancellation = default) => Task.FromResult<Result<WebhookWithSecret>>(ReadOnly);

    public Task<Result<WebhookInfo>> UpdateAsync(string id, WebhookDraft draft, CancellationToken cancellation = default) => Task.FromResult<Result<WebhookInfo>>(ReadOnly);

    public Task<Result<WebhookWithSecret>> RenewSecretAsync(string id, CancellationToken cancellation = default) => Task.FromResult<Result<WebhookWithSecret>>(ReadOnly);

    Task<Result<bool>> IWebhooks.RemoveAsync(string id, CancellationToken cancellation) => Task.FromResult<Result<bool>>(ReadOnly);

    public Task<Result<WebhookDelivery>> PingAsync(string id, CancellationToken cancellation = default) => Task.FromResult<Result<WebhookDelivery>>(ReadOnly);

    public Task<Result<IReadOnlyList<WebhookDelivery>>> DeliveriesAsync(string id, DeliveryStatus? status = null, int limit = 50, string? after = null, CancellationToken cancellation = default) =>
        Task.FromResult(Result.Of<IReadOnlyList<WebhookDelivery>>([]));

    public Task<Result<WebhookDelivery>> RedeliverAsync(string deliveryId, CancellationToken cancellation = default) => Task.FromResult<Result<WebhookDelivery>>(ReadOnly);
}
