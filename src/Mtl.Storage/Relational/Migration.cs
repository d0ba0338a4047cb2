using System.Globalization;

namespace Mtl.Storage.Relational;

/// <summary>One step of the schema, up to <paramref name="Version"/> from the step before.</summary>
internal sealed record Migration(int Version, string Name, string Sql)
{
    /// <summary>SQLite's steps, in order (<c>Sqlite/Migrations/0001_name.sql</c>, …).</summary>
    public static IReadOnlyList<Migration> Sqlite { get; } = Load("Sqlite/Migrations/");

    /// <summary>PostgreSQL's steps. They begin at version 4 and have SQLite's numbers.</summary>
    public static IReadOnlyList<Migration> Postgres { get; } = Load("Postgres/Migrations/");

    private static Migration[] Load(string prefix) => [.. typeof(Migration).Assembly.GetManifestResourceNames()
        .Where(resource => resource.StartsWith(prefix, StringComparison.Ordinal))
        .Select(resource => Load(prefix, resource))
        .OrderBy(migration => migration.Version)];

    private static Migration Load(string prefix, string resource)
    {
        using var reader = new StreamReader(typeof(Migration).Assembly.GetManifestResourceStream(resource)!);
        var name = Path.GetFileNameWithoutExtension(resource[prefix.Length..]);
        return new Migration(int.Parse(name[..4], CultureInfo.InvariantCulture), name, reader.ReadToEnd());
    }
}
