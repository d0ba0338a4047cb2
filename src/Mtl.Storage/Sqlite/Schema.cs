using Dapper;
using Microsoft.Data.Sqlite;
using Mtl.Core;

namespace Mtl.Storage.Sqlite;

/// <summary>Brings a database to the newest schema. The version is SQLite's own <c>user_version</c>, so that it changes within the same transaction.</summary>
internal static class Schema
{
    /// <summary>Applies the missing steps in one transaction: all or none. Gives back the version reached.</summary>
    public static Result<int> Upgrade(SqliteConnection connection, IReadOnlyList<Migration> migrations)
    {
        using var transaction = connection.BeginTransaction();
        var version = connection.ExecuteScalar<int>("PRAGMA user_version");
        if (version > migrations.Count)
        {
            return Error.Conflict(
                $"The database '{connection.DataSource}' has schema version {version}; this program knows versions up to {migrations.Count}.",
                "Start the newer program that wrote it, or name another folder with --data DIR.");
        }

        if (version == 0 && connection.ExecuteScalar<long>("SELECT count(*) FROM sqlite_master") > 0)
        {
            return Error.Invalid(
                $"The file '{connection.DataSource}' is an SQLite database of another program.",
                "Move it away, or name another folder with --data DIR.");
        }

        foreach (var migration in migrations.Skip(version))
            connection.Execute($"{migration.Sql};\nPRAGMA user_version = {migration.Version};");

        transaction.Commit();
        return migrations.Count;
    }
}
