using Mtl.Core;
using Mtl.Storage.Artifacts;
using Mtl.Storage.Folders;
using Mtl.Storage.Sqlite;
using Mtl.Tracking.Artifacts;
using Mtl.Tracking.Datasets;
using Mtl.Tracking.Experiments;
using Mtl.Tracking.Metrics;
using Mtl.Tracking.Models;
using Mtl.Tracking.Runs;

namespace Mtl.Storage;

/// <summary>All stores of one data folder: the records in SQLite, the files on disk. A completed write survives a killed process and a power cut. Thread-safe.</summary>
public sealed class SqliteStorage : IDisposable
{
    private readonly SqliteDatabase database;

    private SqliteStorage(DataFolder folder, SqliteDatabase database)
    {
        Folder = folder;
        this.database = database;
        Experiments = new SqliteExperimentStore(database);
        Runs = new SqliteRunStore(database);
        Logs = new SqliteLogStore(database);
        Metrics = new SqliteMetricStore(database);
        Models = new SqliteModelStore(database);
        Datasets = new SqliteDatasetStore(database);
        Artifacts = new DiskArtifactStore(folder.ArtifactsFolder);
    }

    public DataFolder Folder { get; }

    public IExperimentStore Experiments { get; }

    public IRunStore Runs { get; }

    public ILogStore Logs { get; }

    public IMetricStore Metrics { get; }

    public IModelStore Models { get; }

    public IDatasetStore Datasets { get; }

    public IArtifactStore Artifacts { get; }

    /// <summary>Opens the folder (see <see cref="DataFolder.Open"/>) and its database, whose schema is brought up to date, or says why that can't be.</summary>
    public static Result<SqliteStorage> Open(string path)
    {
        var folder = DataFolder.Open(path);
        if (!folder.IsSuccess)
            return folder.Error;
        var database = SqliteDatabase.Open(folder.Value.DatabaseFile);
        if (database.IsSuccess)
            return new SqliteStorage(folder.Value, database.Value);

        folder.Value.Dispose();
        return database.Error;
    }

    /// <summary>Closes the database and gives the folder's lock back. Nothing may be under way.</summary>
    public void Dispose()
    {
        database.Dispose();
        Folder.Dispose();
    }
}
