using System.Data;
using System.Globalization;
using Dapper;

namespace Mtl.Storage.Relational;

/// <summary>A number as the databases hold it: NaN is a value. SQLite has none, and keeps the text 'NaN', which it sorts behind every number as PostgreSQL does its NaN.</summary>
internal readonly record struct StoredNumber(double Value)
{
    public const string NaN = "NaN";

    public static implicit operator StoredNumber(double value) => new(value);

    public static implicit operator double(StoredNumber number) => number.Value;
}

/// <summary>What Dapper has to know of the stores' columns.</summary>
internal static class StoredTypes
{
    private static readonly Lazy<bool> Registered = new(() =>
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.AddTypeHandler(new NumberHandler());
        return true;
    });

    /// <summary>Does so at the first call.</summary>
    public static void Register() => _ = Registered.Value;

    private sealed class NumberHandler : SqlMapper.TypeHandler<StoredNumber>
    {
        public override StoredNumber Parse(object value) => value is StoredNumber.NaN ? double.NaN : Convert.ToDouble(value, CultureInfo.InvariantCulture);

        public override void SetValue(IDbDataParameter parameter, StoredNumber value) =>
            parameter.Value = double.IsNaN(value) && parameter is Microsoft.Data.Sqlite.SqliteParameter ? StoredNumber.NaN : value.Value;
    }
}
