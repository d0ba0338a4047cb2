using FsCheck;
using FsCheck.Fluent;

namespace Mtl.Tracking.Tests.Search;

/// <summary>
/// Random filters and orders: put together from the grammar's pieces, so that many are right and most of the rest nearly so, and texts of any characters between them, quotes, SQL and half surrogate
/// pairs among them.
/// </summary>
internal static class RandomFilters
{
    private static readonly string[] Fields =
    [
        "metrics.loss", "metrics.`val loss`", "metrics.a/b", "params.lr", "params.\"my param\"", "tags.team", "tags.`mlflow.user`", "attributes.status", "run_id", "run_name", "start_time", "end_time",
        "name", "creation_time", "version_number", "source_path", "model_id", "created", "dataset.name", "dataset.context", "experiment_id", "user_id", "artifact_uri", "last_update_time", "last_updated_timestamp",
    ];

    private static readonly string[] Comparators = ["=", "!=", "<", "<=", ">", ">=", "LIKE", "ILIKE", "IN", "NOT IN", "IS NULL", "IS NOT NULL", "==", "<>"];

    private static readonly string[] Values =
    [
        "1", "-0.5", "1e400", "-1e-400", "9223372036854775808", "'a'", "'%'", "'_'", "'\\'", "'a%b_c'", "\"a\"", "''", "('a', 'b')", "('a')", "()", "'FINISHED'", "'; DROP TABLE runs --'", "'it''s'",
        "NULL", "nan", "'\u0000'", "'\U0001F600'",
    ];

    /// <summary>Fields, comparators and values that go together.</summary>
    private static readonly (string[] Fields, string[] Comparators, string[] Values)[] Rows =
    [
        (["metrics.loss", "metrics.`val loss`", "metric.nothing"], ["=", "!=", "<", "<=", ">", ">="], ["0", "0.5", "-1e30", "1e400", "9223372036854775808"]),
        (["params.lr", "tags.team", "tag.`mlflow.user`", "param.\"x y\""], ["=", "!=", "LIKE", "ILIKE"], ["'a'", "'%'", "'_'", "'\\'", "'a%b_c'", "'it''s'", "''", "'; DROP TABLE runs --'", "'\U0001F600'"]),
        (["params.lr", "tags.team"], ["IS NULL", "IS NOT NULL"], [""]),
        (["run_name", "status", "name", "user_id", "source_path", "model_type", "run_id", "artifact_uri"], ["=", "!=", "LIKE", "ILIKE"], ["'a'", "'FINISHED'", "'%un%'", "'\\%'", "'('"]),
        (["run_id", "model_id", "dataset.name"], ["IN", "NOT IN"], ["('a')", "('a', 'b', ''''')"]),
        (["start_time", "end_time", "creation_time", "version_number", "last_updated_timestamp"], ["=", "!=", "<", "<=", ">", ">="], ["0", "1.7e12", "-5", "1e300"]),
    ];

    private static readonly string[] Noise =
        [" ", "AND", "OR", "(", ")", ",", ".", "'", "\"", "`", ";", "--", "/*", "\\", "%", "_", "metrics", "params.", "tags", "\0", "\ud800", "\U0001F600", "é", "''", "SELECT", "1=1", "@p0", ":p", "{0}", "$1", "?"];

    public static Gen<string> Filters { get; } = Gen.Frequency((6, Right()), (3, Clauses()), (3, Broken()), (1, AnyText()));

    public static Gen<string> Orders { get; } = Gen.Frequency((5, Terms()), (3, Broken()), (1, AnyText()));

    private static Gen<string> Right() =>
        from count in Gen.Choose(1, 3)
        from clauses in RightClause().ListOf(count)
        select string.Join(" AND ", clauses);

    private static Gen<string> RightClause() =>
        from row in Gen.Elements(Rows)
        from field in Gen.Elements(row.Fields)
        from comparator in Gen.Elements(row.Comparators)
        from value in Gen.Elements(row.Values)
        select $"{field} {comparator} {value}";

    private static Gen<string> Clauses() =>
        from count in Gen.Choose(1, 5)
        from clauses in Clause().ListOf(count)
        select string.Join(" AND ", clauses);

    private static Gen<string> Clause() =>
        from field in Gen.Elements(Fields)
        from comparator in Gen.Elements(Comparators)
        from value in Gen.Elements(Values)
        select comparator.EndsWith("NULL", StringComparison.Ordinal) ? $"{field} {comparator}" : $"{field} {comparator} {value}";

    private static Gen<string> Terms() =>
        from field in Gen.Elements(Fields)
        from direction in Gen.Elements("", " ASC", " DESC", " desc ", " DESC,", " NULLS LAST")
        select field + direction;

    private static Gen<string> Broken() =>
        from pieces in Gen.OneOf(Gen.Elements(Fields), Gen.Elements(Comparators), Gen.Elements(Values), Gen.Elements(Noise)).ListOf()
        from glue in Gen.Elements("", " ")
        select string.Join(glue, pieces);

    private static Gen<string> AnyText() => ArbMap.Default.GeneratorFor<string>().Select(text => text ?? "");
}
