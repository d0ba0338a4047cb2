using Mtl.Core;
using Npgsql;

namespace Mtl.Storage.Postgres;

/// <summary>Where a PostgreSQL database is and how to sign in to it. Holds a secret: only <see cref="Shown"/> may be shown.</summary>
internal sealed class PostgresAddress
{
    private const string Advice = "Give it as 'Host=db;Username=mtl;Password=…;Database=mtl' or 'postgresql://mtl:…@db/mtl', with --store or in MTL_STORE.";

    private PostgresAddress(NpgsqlConnectionStringBuilder builder) => (ConnectionString, Shown) =
        (builder.ToString(), $"the PostgreSQL database '{builder.Database}' at {builder.Host}:{builder.Port}");

    public string ConnectionString { get; }

    /// <summary>Names the database without its secrets.</summary>
    public string Shown { get; }

    /// <summary>From a connection string of Npgsql or an address.</summary>
    /// <param name="connections">Most connections at once, where the text says nothing of it.</param>
    public static Result<PostgresAddress> Parse(string text, int connections)
    {
        try
        {
            var builder = new NpgsqlConnectionStringBuilder(IsUri(text) ? FromUri(new Uri(text)) : text);
            if (string.IsNullOrWhiteSpace(builder.Host))
                return Error.Invalid("The store's connection string names no host.", Advice, "store");
            builder.Database ??= builder.Username ?? "mtl";
            builder.ApplicationName ??= "mtl";
            Default(builder, "Maximum Pool Size", connections);
            Default(builder, "Timeout", 5);
            Default(builder, "Max Auto Prepare", 100);
            Default(builder, "Auto Prepare Min Usages", 2);
            Default(builder, "No Reset On Close", true);
            builder.IncludeErrorDetail = false;
            builder.PersistSecurityInfo = false;
            return new PostgresAddress(builder);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            // What is wrong may be the secret itself, so it is not repeated.
            return Error.Invalid("The store's connection string can't be read.", Advice, "store");
        }
    }

    private static bool IsUri(string text) => text.StartsWith("postgres://", StringComparison.Ordinal) || text.StartsWith("postgresql://", StringComparison.Ordinal);

    private static string FromUri(Uri uri)
    {
        var builder = new NpgsqlConnectionStringBuilder { Host = uri.Host };
        if (uri.Port > 0)
            builder.Port = uri.Port;
        if (uri.AbsolutePath.Length > 1)
            builder.Database = Uri.UnescapeDataString(uri.AbsolutePath[1..]);
        var user = uri.UserInfo.Split(':', 2);
        if (user[0].Length > 0)
            builder.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length > 1)
            builder.Password = Uri.UnescapeDataString(user[1]);
        foreach (var option in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(option => option.Split('=', 2)))
            builder[Uri.UnescapeDataString(option[0]) is "sslmode" ? "SSL Mode" : Uri.UnescapeDataString(option[0])] = Uri.UnescapeDataString(option.ElementAtOrDefault(1) ?? "");
        return builder.ToString();
    }

    private static void Default(NpgsqlConnectionStringBuilder builder, string keyword, object value)
    {
        if (!builder.ContainsKey(keyword) || !builder.ShouldSerialize(keyword))
            builder[keyword] = value;
    }
}
