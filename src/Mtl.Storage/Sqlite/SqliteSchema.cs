using Dapper;
using Microsoft.Data.Sqlite;
using Mtl.Core;
using Mtl.Storage.Relational;

namespace Mtl.Storage.Sqlite;

/// <summary>Brings a database to the newest schema. The version is SQLite's own <c>user_version</c>, so that it changes within the same transaction.</summary>
internal static class SqliteSchema
{
    /// <summary>Applies the missing steps in one transaction: all or none. Gives back the version reached. Foreign keys are off meanwhile, as SQLite wants it where a step rebuilds a table.</summary>
    public static Result<int> Upgrade(SqliteConnection connection, IReadOnlyList<Migration> migrations)
    {
        connection.Execute("PRAGMA foreign_keys = OFF");
        var reached = UpgradeWithoutKeys(connection, migrations);
        connection.Execute("PRAGMA foreign_keys = ON");
        return reached;
    }

    private static Result<int> UpgradeWithoutKeys(SqliteConnection connection, IReadOnlyList<Migration> migrations)
    {
        using var transaction = connection.BeginTransaction();
        var version = connection.ExecuteScalar<int>("PRAGMA user_version");
        var newest = migrations.Count == 0 ? 0 : migrations[^1].Version;
        if (version > newest)
        {
            return Error.Conflict(
                $"The database '{connection.DataSource}' has schema version {version}; this program knows versions up to {newest}.",
                "Start the newer program that wrote it, or name another folder with --data DIR.");
        }

        if (version == 0 && connection.ExecuteScalar<long>("SELECT count(*) FROM sqlite_master") > 0)
        {
            return Error.Invalid(
                $"The file '{connection.DataSource}' is an SQLite database of another program.",
                "Move it away, or name another folder with --data DIR.");
        }

        foreach (var migration in migrations.Where(migration => migration.Version > version))
        {
            connection.Execute($"{migration.Sql};\nPRAGMA user_version = {migration.Version};");
            if (connection.ExecuteScalar<string?>("SELECT \"table\" FROM pragma_foreign_key_check LIMIT 1") is { } table)
                throw new InvalidOperationException($"The step {migration.Name} leaves rows of '{table}' that refer to nothing.");
        }

        transaction.Commit();
        return newest;
    }
}
