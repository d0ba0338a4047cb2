using Mtl.Data.Tables;

namespace Mtl.Data.Reading;

/// <summary>A column as a file offers it.</summary>
/// <param name="Name">In the table.</param>
/// <param name="Type">What the file says it is; null when only the values can tell.</param>
/// <param name="Expression">SQL of its values: DOUBLE where <paramref name="Type"/> is a number or a date, else VARCHAR.</param>
/// <param name="TextExpression">SQL of its values as VARCHAR.</param>
internal sealed record SourceColumn(string Name, ColumnType? Type, string Expression, string TextExpression)
{
    internal bool HoldsDoubles => Type is ColumnType.Number or ColumnType.Date;
}
