using System.Globalization;
using Dapper;

namespace Mtl.Storage.Relational.Search;

/// <summary>The parameters of a statement: nothing that a caller gives is ever text of SQL. Not thread-safe.</summary>
internal sealed class SearchArguments
{
    /// <summary>The greatest number that is one: NaN sorts behind it.</summary>
    public const string Infinity = "@infinity";

    private int count;

    public SearchArguments() => Values.Add("infinity", double.PositiveInfinity);

    public DynamicParameters Values { get; } = new();

    /// <summary>Adds a value; gives back what stands for it in the statement.</summary>
    public string Add(object value)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"p{count++}");
        Values.Add(name, value);
        return $"@{name}";
    }

    /// <summary>Adds texts as a list in parentheses; one that holds nothing for none.</summary>
    public string AddAll(IEnumerable<string> values) => $"({string.Join(", ", values.Select(Add).DefaultIfEmpty("NULL"))})";
}
