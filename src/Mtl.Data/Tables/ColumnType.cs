namespace Mtl.Data.Tables;

/// <summary>What a column's values are.</summary>
public enum ColumnType
{
    /// <summary>Real numbers, whole ones included.</summary>
    Number,

    /// <summary>Dates, with or without a time of day, as days since 1970-01-01 00:00 UTC; the time is the fraction.</summary>
    Date,

    /// <summary>Anything else, truth values (<c>true</c>, <c>false</c>) included.</summary>
    Text,
}
