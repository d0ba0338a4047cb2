using Mtl.Tracking.Artifacts;
using Mtl.Tracking.Collaboration;
using Mtl.Tracking.Collaboration.Webhooks;
using Mtl.Tracking.Datasets;
using Mtl.Tracking.Experiments;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Models;
using Mtl.Tracking.People;
using Mtl.Tracking.Retention;
using Mtl.Tracking.Runs;
using Mtl.Tracking.Search;
using Mtl.Tracking.Tags;

namespace Mtl.Testing.Stores;

/// <summary>An implementation of all store contracts, empty when made.</summary>
public sealed record StoreSet(
    IExperimentStore Experiments,
    IRunStore Runs,
    IRunDataStore RunData,
    ILogStore Logs,
    IMetricStore Metrics,
    IMetricReader MetricReader,
    IModelStore Models,
    IModelRegistry ModelRegistry,
    ILoggedModelStore LoggedModels,
    ITagStore Tags,
    ISearch Search,
    IDatasetStore Datasets,
    IRetentionStore Retention,
    IArtifactStore Artifacts,
    ICommentStore Comments,
    IFavouriteStore Favourites,
    IViewStore Views,
    IWebhookStore Webhooks)
{
    /// <summary>Who may sign in, and who may do what.</summary>
    public required PeopleStores People { get; init; }
}

/// <summary>The stores of people.</summary>
public sealed record PeopleStores(IUserStore Users, ITeamStore Teams, ICredentialStore Credentials, IGrantStore Grants, IOriginStore Origins, IAuditStore Audit);
