using Dapper;
using Mtl.Core;
using Mtl.Storage.Relational;
using Npgsql;

namespace Mtl.Storage.Postgres;

/// <summary>Brings a database to the newest schema. Its version is the one row of the table <c>mtl_schema</c>.</summary>
internal static class PostgresSchema
{
    /// <summary>Of the lock that keeps two servers that start at once from both doing it.</summary>
    private const long LockKey = 0x6d746c_736368;

    /// <summary>Applies the missing steps in one transaction: all or none. Gives back the version reached.</summary>
    /// <param name="where">The database, as a reader is to see it.</param>
    public static Result<int> Upgrade(NpgsqlConnection connection, IReadOnlyList<Migration> migrations, string where)
    {
        using var transaction = connection.BeginTransaction();
        connection.Execute($"SELECT pg_advisory_xact_lock({LockKey})");
        var isOurs = Exists(connection, "mtl_schema");
        if (!isOurs && Exists(connection, "experiments"))
        {
            return Error.Invalid(
                $"{char.ToUpperInvariant(where[0])}{where[1..]} holds the tables of another program.", "Name an empty database, or a schema of its own with 'Search Path=…', in the store's connection string.");
        }

        var version = isOurs ? connection.ExecuteScalar<int>("SELECT version FROM mtl_schema") : 0;
        var newest = migrations[^1].Version;
        if (version > newest)
        {
            return Error.Conflict(
                $"{char.ToUpperInvariant(where[0])}{where[1..]} has schema version {version}; this program knows versions up to {newest}.", "Start the newer program that wrote it, or name another database.");
        }

        foreach (var migration in migrations.Where(migration => migration.Version > version))
            connection.Execute(migration.Sql);
        connection.Execute(isOurs ? "UPDATE mtl_schema SET version = @newest" : "CREATE TABLE mtl_schema (version integer NOT NULL)", new { newest });
        if (!isOurs)
            connection.Execute("INSERT INTO mtl_schema (version) VALUES (@newest)", new { newest });
        transaction.Commit();
        return newest;
    }

    private static bool Exists(NpgsqlConnection connection, string table) =>
        connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = @table)", new { table });
}
