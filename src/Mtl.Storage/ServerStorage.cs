using Mtl.Core;
using Mtl.Storage.Artifacts;
using Mtl.Storage.Folders;
using Mtl.Storage.Postgres;
using Mtl.Storage.Relational;
using Mtl.Storage.Relational.Search;
using Mtl.Storage.Sqlite;
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

namespace Mtl.Storage;

/// <summary>
/// All stores of one server: the records in a database, SQLite in the data folder or PostgreSQL, and the files in the data folder. A completed write survives a killed process and a power cut.
/// Thread-safe.
/// </summary>
public sealed class ServerStorage : IDisposable
{
    private ServerStorage(DataFolder folder, IDatabase database)
    {
        Folder = folder;
        Database = database;
        var metrics = new MetricStore(database);
        Experiments = new ExperimentStore(database);
        Runs = new RunStore(database);
        RunData = new RunDataStore(database);
        Logs = new LogStore(database);
        Metrics = metrics;
        MetricReader = metrics;
        Models = new ModelStore(database);
        ModelRegistry = new ModelRegistry(database);
        LoggedModels = new LoggedModelStore(database);
        Tags = new TagStore(database);
        Search = new SearchStore(database, new SearchLimits());
        Datasets = new DatasetStore(database);
        Retention = new RetentionStore(database);
        Users = new UserStore(database);
        Teams = new TeamStore(database);
        Credentials = new CredentialStore(database);
        Grants = new GrantStore(database);
        Origins = new OriginStore(database);
        Audit = new AuditStore(database);
        Artifacts = new DiskArtifactStore(folder.ArtifactsFolder);
        Comments = new CommentStore(database);
        Favourites = new FavouriteStore(database);
        Views = new ViewStore(database);
        Webhooks = new WebhookStore(database);
    }

    public DataFolder Folder { get; }

    public IExperimentStore Experiments { get; }

    public IRunStore Runs { get; }

    public IRunDataStore RunData { get; }

    public ILogStore Logs { get; }

    public IMetricStore Metrics { get; }

    public IMetricReader MetricReader { get; }

    public IModelStore Models { get; }

    public IModelRegistry ModelRegistry { get; }

    public ILoggedModelStore LoggedModels { get; }

    public ITagStore Tags { get; }

    public ISearch Search { get; }

    public IDatasetStore Datasets { get; }

    public IRetentionStore Retention { get; }

    public IUserStore Users { get; }

    public ITeamStore Teams { get; }

    public ICredentialStore Credentials { get; }

    public IGrantStore Grants { get; }

    public IOriginStore Origins { get; }

    public IAuditStore Audit { get; }

    public IArtifactStore Artifacts { get; }

    public ICommentStore Comments { get; }

    public IFavouriteStore Favourites { get; }

    public IViewStore Views { get; }

    public IWebhookStore Webhooks { get; }

    /// <summary>Where the records are, without the secrets of a connection string.</summary>
    public string Records => Database.Shown;

    internal IDatabase Database { get; }

    /// <summary>Opens the folder (see <see cref="DataFolder.Open"/>) and the database, whose schema is brought up to date, or says why that can't be.</summary>
    /// <param name="store">A PostgreSQL connection string or address; null or empty for SQLite in the folder.</param>
    public static Result<ServerStorage> Open(string path, string? store = null)
    {
        var folder = DataFolder.Open(path);
        if (!folder.IsSuccess)
            return folder.Error;
        var database = string.IsNullOrWhiteSpace(store)
            ? SqliteDatabase.Open(folder.Value.DatabaseFile).Map<IDatabase>(opened => opened)
            : PostgresDatabase.Open(store).Map<IDatabase>(opened => opened);
        if (database.IsSuccess)
            return new ServerStorage(folder.Value, database.Value);

        folder.Value.Dispose();
        return database.Error;
    }

    /// <summary>Closes the database and gives the folder's lock back. Nothing may be under way.</summary>
    public void Dispose()
    {
        Database.Dispose();
        Folder.Dispose();
    }
}
