using Mtl.Core;

namespace Mtl.Data.Reading;

/// <summary>A file that DuckDB can query.</summary>
/// <param name="File">The file.</param>
/// <param name="Relation">The table function in SQL, with one parameter for the path.</param>
/// <param name="Columns">In the file's order.</param>
/// <param name="Explain">Turns DuckDB's error text into one for the file's owner.</param>
internal sealed record Source(SourceFile File, string Relation, SourceColumn[] Columns, Func<string, Error> Explain);
