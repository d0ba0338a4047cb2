using System.Collections;
using Mtl.Core;
using Mtl.Core.Catalogue;

namespace Mtl.Learning.Catalogue;

/// <summary>
/// The methods of one kind, a row each: key, title, description, formula, source, and how its options become the part. Written once, as a static collection initialiser:
/// <code>
/// { "adam", "Adam", "…", "…", "Kingma and Ba, 2015", (AdamOptions options) => count => new Adam(options, count) },
/// </code>
/// Names, types, defaults, bounds and descriptions of the options come from the options record (<see cref="OptionSchema"/>).
/// </summary>
/// <typeparam name="TPart">What a method of this kind makes.</typeparam>
public sealed class MethodTable<TPart>(MethodKind kind) : IMethodTable, IEnumerable<MethodInfo>
{
    private readonly Dictionary<string, Row> rows = [];
    private readonly List<MethodInfo> infos = [];

    public MethodKind Kind => kind;

    public IReadOnlyList<MethodInfo> Infos => infos;

    /// <summary>Adds a row; only for the table's own initialiser.</summary>
    /// <typeparam name="TOptions">A record whose properties are the method's options, with defaults in their initialisers.</typeparam>
    public void Add<TOptions>(string key, string title, string description, string formula, string source, Func<TOptions, TPart> create)
        where TOptions : class, new()
    {
        var schema = OptionSchema.Of<TOptions>();
        rows.Add(key, new Row(schema, options => create((TOptions)options)));
        infos.Add(new MethodInfo(kind, key, title, description, formula, source, schema.Options));
    }

    public OptionSchema? SchemaOf(string key) => rows.GetValueOrDefault(key)?.Schema;

    /// <summary>Makes the part that a choice asks for, with its options checked, or says what is wrong with the choice.</summary>
    public Result<TPart> Create(Choice choice) =>
        rows.TryGetValue(choice.Key, out var row)
            ? row.Schema.Bind($"{kind.Noun()} '{choice.Key}'", choice.Options).Map(row.Create)
            : kind.NoSuch(choice.Key, infos) with { Kind = ErrorKind.Invalid };

    public IEnumerator<MethodInfo> GetEnumerator() => infos.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private sealed record Row(OptionSchema Schema, Func<object, TPart> Create);
}
