using Mtl.Core;
using Mtl.Data.DuckDb;
using Mtl.Data.Tables;

namespace Mtl.Data.Reading;

/// <summary>
/// Reads a CSV or Parquet file into typed columns. What a file is, its content tells. Memory: the table, plus at most <see cref="TableReadOptions.MemoryLimitMegabytes"/>.
/// <para>
/// CSV: the first line names the columns; comma, semicolon, tab and bar are told apart by the first lines; quoted values may hold delimiters, line ends and doubled quotation marks; white space
/// around values is dropped; empty is missing. A column is numeric when all its values are numbers (with a decimal point; <c>NaN</c>, <c>NA</c>, <c>N/A</c>, <c>null</c>, <c>none</c> and <c>?</c>
/// count as missing among them), a date when all are ISO 8601 dates, otherwise text, where only empty is missing.
/// </para>
/// <para>Parquet: truth values become the texts <c>true</c> and <c>false</c>; dates and timestamps become days; lists and structures are refused.</para>
/// Infinite numbers are refused. Rows in error texts count from 1 below the header.
/// </summary>
public static class TableReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">A single file; patterns are taken literally.</param>
    /// <param name="options">Limits and types known beforehand.</param>
    /// <param name="cancellation">Stops between chunks of rows.</param>
    public static Result<Table> Read(string path, TableReadOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new TableReadOptions();
        var file = SourceFile.Open(path, options);
        if (file.Error is { } error)
            return error;
        using var database = DuckDatabase.Open(options.MemoryLimitMegabytes, options.Threads > 0 ? options.Threads : Environment.ProcessorCount);
        return (file.Value.IsParquet ? ParquetSource.Of(file.Value, options, database) : CsvSource.Of(file.Value, options))
            .Then(source => Select(source, options).Then(columns => Read(database, source, columns, options, cancellation)));
    }

    private static Result<SourceColumn[]> Select(Source source, TableReadOptions options)
    {
        string[] absent = [.. options.Schema.Keys.Where(name => source.Columns.All(column => column.Name != name))];
        if (absent.Length > 0)
        {
            return Error.Invalid(
                $"The file '{source.File.Name}' lacks the {(absent.Length == 1 ? "column" : "columns")} {NameList.Of(absent)}. It has {NameList.Of([.. source.Columns.Select(column => column.Name)])}.",
                "Add what is missing; names must match, case included.");
        }

        return options.SchemaOnly ? [.. source.Columns.Where(column => options.Schema.ContainsKey(column.Name))] : source.Columns;
    }

    private static Result<Table> Read(DuckDatabase database, Source source, SourceColumn[] columns, TableReadOptions options, CancellationToken cancellation)
    {
        var builders = new ColumnBuilder[columns.Length];
        var expressions = new string[columns.Length];
        for (var i = 0; i < builders.Length; i++)
        {
            var wanted = options.Schema.TryGetValue(columns[i].Name, out var type) ? type : (ColumnType?)null;
            if (wanted is ColumnType.Number or ColumnType.Date && columns[i].HoldsDoubles && columns[i].Type != wanted)
                return Error.Invalid($"The column '{columns[i].Name}' of '{source.File.Name}' holds {Noun(columns[i].Type)}s; {Noun(wanted)}s are expected.");
            expressions[i] = wanted == ColumnType.Text ? columns[i].TextExpression : columns[i].Expression;
            builders[i] = (wanted ?? columns[i].Type) switch
            {
                null => new InferringBuilder(columns[i].Name),
                ColumnType.Text => new TextBuilder(columns[i].Name),
                { } numeric => new NumericBuilder(columns[i].Name, numeric, columns[i].HoldsDoubles),
            };
        }

        var rowCount = Fill(database, source, expressions, builders, options, cancellation);
        if (rowCount.Error is { } error)
            return error;
        if (rowCount.Value == 0)
            return CsvLayout.HeaderOnly(source.File.Name, source.Columns.Length);
        foreach (var builder in builders)
        {
            if (builder is { Rejection: { } rejection } and not InferringBuilder { HasToBeText: true })
                return Refuse(builder, rejection, options.Schema.GetValueOrDefault(builder.Name, ColumnType.Number));
        }

        int[] again = [.. Enumerable.Range(0, builders.Length).Where(i => builders[i] is InferringBuilder { HasToBeText: true })];
        if (again.Length > 0)
        {
            foreach (var i in again)
                builders[i] = new TextBuilder(columns[i].Name);
            var filled = Fill(database, source, [.. again.Select(i => expressions[i])], [.. again.Select(i => builders[i])], options, cancellation);
            if (filled.Error is { } failed)
                return failed;
        }

        return new Table([.. builders.Select(builder => builder.Build())]);
    }

    /// <summary>Reads all rows into the builders; stops early at a value that a column of a settled type refuses.</summary>
    /// <returns>The rows read.</returns>
    private static Result<int> Fill(DuckDatabase database, Source source, string[] expressions, ColumnBuilder[] builders, TableReadOptions options, CancellationToken cancellation)
    {
        var query = database.Query($"SELECT {string.Join(", ", expressions)} FROM {source.Relation}", Sql.Path(source.File.Path));
        if (query.Error is { } refused)
            return Explain(source, refused, options);
        using var rows = query.Value;
        var rowCount = 0;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var next = rows.Next();
            if (next.Error is { } failed)
                return Explain(source, failed, options);
            if (!next.Value)
                return rowCount;
            for (var i = 0; i < builders.Length; i++)
                builders[i].Append(rows.Column(i), 0, rowCount);
            rowCount += rows.Count;
            if (Array.Exists(builders, builder => builder is NumericBuilder { Rejection: not null }))
                return rowCount;
        }
    }

    private static Error Explain(Source source, Error error, TableReadOptions options) => error.Message.Contains("Out of Memory", StringComparison.Ordinal)
        ? Error.Unavailable($"Reading '{source.File.Name}' needs more than the {options.MemoryLimitMegabytes} MB of memory it may use.", "Write the file with smaller row groups or shorter lines.")
        : source.Explain(error.Message);

    private static Error Refuse(ColumnBuilder builder, Rejection rejection, ColumnType expected) => rejection.IsInfinite
        ? Error.Invalid(
            $"Column '{builder.Name}', row {rejection.Row}: '{rejection.Value}' is infinite or beyond ±3.4e38; a finite number is expected.",
            "Correct the value, or leave it empty when it is missing.")
        : Error.Invalid(
            $"Column '{builder.Name}', row {rejection.Row}: '{rejection.Value}' is not a {Noun(expected)}.",
            "Correct the value, or leave it empty when it is missing.");

    private static string Noun(ColumnType? type) => type switch
    {
        ColumnType.Number => "number",
        ColumnType.Date => "date",
        _ => "text",
    };
}
