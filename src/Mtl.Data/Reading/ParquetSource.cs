using System.Text;
using Mtl.Core;
using Mtl.Data.DuckDb;
using Mtl.Data.Tables;

namespace Mtl.Data.Reading;

/// <summary>Parquet: the file tells its columns' types.</summary>
internal static class ParquetSource
{
    private const string File = "read_parquet(?, hive_partitioning = false)";

    /// <summary>DuckDB's type names, up to a parenthesis, and what a table makes of them.</summary>
    private static readonly (ColumnType Type, string[] Names)[] Types =
    [
        (ColumnType.Number, ["TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT", "FLOAT", "DOUBLE", "DECIMAL"]),
        (ColumnType.Date, ["DATE", "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "TIMESTAMP WITH TIME ZONE"]),
        (ColumnType.Text, ["VARCHAR", "BOOLEAN", "ENUM", "UUID", "TIME"]),
    ];

    internal static Result<Source> Of(SourceFile file, TableReadOptions options, DuckDatabase database)
    {
        var described = Describe(database, file);
        if (described.Error is { } error)
            return error;
        if (described.Value.Count > options.MaxColumns)
            return Error.TooLarge($"The file '{file.Name}' has {described.Value.Count} columns; at most {options.MaxColumns} are read.");

        var columns = new List<SourceColumn>();
        foreach (var (name, typeName) in described.Value)
        {
            if (TypeOf(typeName) is { } type)
                columns.Add(Column(name, type));
            else if (!options.SchemaOnly || options.Schema.ContainsKey(name))
                return Error.Invalid($"The column '{name}' of '{file.Name}' is of type {typeName}; numbers, truth values, texts, dates and times are read.", "Leave the column out, or take it apart into several.");
        }

        return new Source(file, File, [.. columns], text => Explain(text, file));
    }

    private static Result<List<(string Name, string Type)>> Describe(DuckDatabase database, SourceFile file)
    {
        var query = database.Query($"SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM {File})", Sql.Path(file.Path));
        if (query.Error is { } error)
            return Explain(error.Message, file);
        using var rows = query.Value;
        var columns = new List<(string Name, string Type)>();
        while (true)
        {
            var next = rows.Next();
            if (next.Error is { } failed)
                return Explain(failed.Message, file);
            if (!next.Value)
                return columns;
            for (var i = 0; i < rows.Count; i++)
                columns.Add((Encoding.UTF8.GetString(rows.Column(0).Utf8(i)), Encoding.UTF8.GetString(rows.Column(1).Utf8(i))));
        }
    }

    private static ColumnType? TypeOf(string typeName)
    {
        var end = typeName.IndexOf('(', StringComparison.Ordinal);
        var name = end < 0 ? typeName : typeName[..end];
        return typeName.EndsWith(']') ? null : Types.Where(row => row.Names.Contains(name)).Select(row => (ColumnType?)row.Type).FirstOrDefault();
    }

    private static SourceColumn Column(string name, ColumnType type)
    {
        var identifier = Sql.Identifier(name);
        var text = $"CAST({identifier} AS VARCHAR)";
        return new SourceColumn(
            name,
            type,
            type switch
            {
                ColumnType.Number => $"CAST({identifier} AS DOUBLE)",
                ColumnType.Date => $"epoch({identifier}) / 86400.0",
                _ => text,
            },
            text);
    }

    private static Error Explain(string text, SourceFile file) => Error.Invalid($"The file '{file.Name}' can't be read as Parquet: {text.Split('\n')[0].Replace(file.Path, file.Name, StringComparison.Ordinal)}");
}
