using System.Net.Sockets;
using Mtl.Core;
using Npgsql;

namespace Mtl.Storage.Postgres;

/// <summary>What PostgreSQL's errors mean. Rules in a table, by the state's beginning; the first that fits counts.</summary>
internal static class PostgresFailures
{
    private static readonly (string State, Func<string, PostgresException, Error> Explain)[] Rules =
    [
        ("53100", (where, e) => Error.Full($"The disk of {where} is full: {e.MessageText}", "Make room on it; the server goes on by itself as soon as there is some.")),
        ("53", (where, e) => Busy(where, e)),
        ("40", (where, e) => Busy(where, e)),
        ("55P03", (where, e) => Busy(where, e)),
        ("57014", (where, e) => Busy(where, e)),
        ("57P", (where, e) => Unreachable(where, e.MessageText)),
        ("08", (where, e) => Unreachable(where, e.MessageText)),
        ("25006", (where, e) => Unreachable(where, e.MessageText)),
        ("28", (where, e) => Error.Unavailable($"{Capital(where)} refuses this user: {e.MessageText}", "Correct user and password in the store's connection string.")),
        ("3D000", (where, e) => Error.Unavailable($"{Capital(where)} can't be used: {e.MessageText}", "Create the database, or name another one in the store's connection string.")),
        ("42501", (where, e) => Error.Unavailable($"{Capital(where)} can't be used: {e.MessageText}", "Grant the user of the store's connection string the right to create and use tables.")),
        ("22021", (_, _) => Error.Invalid("A text holds the character U+0000, which the store can't keep.", "Leave it out.")),
        ("22P05", (_, _) => Error.Invalid("A text holds a character that the store can't keep.", "Create the database with the encoding UTF8.")),
    ];

    /// <summary>Another transaction came between: the same again may succeed.</summary>
    private static readonly string[] Repeatable = [PostgresErrorCodes.UniqueViolation, PostgresErrorCodes.ForeignKeyViolation, PostgresErrorCodes.SerializationFailure, PostgresErrorCodes.DeadlockDetected];

    /// <summary>Null for an error that is a bug.</summary>
    /// <param name="where">The database, as a reader is to see it.</param>
    public static Error? Explain(Exception exception, string where) => exception switch
    {
        PostgresException e => Rules.FirstOrDefault(rule => e.SqlState.StartsWith(rule.State, StringComparison.Ordinal)).Explain?.Invoke(where, e),
        NpgsqlException or SocketException or TimeoutException or IOException => Unreachable(where, exception.InnerException?.Message ?? exception.Message),
        _ => null,
    };

    public static bool IsRepeatable(Exception exception) => exception is PostgresException e && Repeatable.Contains(e.SqlState);

    /// <summary>The connection is gone, rather than a statement refused.</summary>
    public static bool IsBroken(Exception exception) => exception switch
    {
        PostgresException e => e.SqlState.StartsWith("57P0", StringComparison.Ordinal),
        _ => exception is NpgsqlException or IOException,
    };

    private static Error Busy(string where, PostgresException e) => Error.Unavailable($"{Capital(where)} can't do it now: {e.MessageText}", "Try again in a moment.");

    private static Error Unreachable(string where, string reason) => Error.Unavailable(
        $"{Capital(where)} can't be reached: {reason}", "Start it, or correct the store's connection string; the server goes on by itself when the database is back.");

    private static string Capital(string text) => $"{char.ToUpperInvariant(text[0])}{text[1..]}";
}
