namespace Mtl.Api.Mlflow.Wire;

/// <summary>A request's fields, checked against their table: what is there has its type. A field that is not there reads as its type's empty value.</summary>
internal sealed class Message(IReadOnlyDictionary<string, object> values)
{
    public bool Has(string name) => values.ContainsKey(name);

    /// <summary>Empty when it is not there.</summary>
    public string Text(string name) => OptionalText(name) ?? "";

    public string? OptionalText(string name) => (string?)values.GetValueOrDefault(name);

    public long? OptionalInteger(string name) => (long?)values.GetValueOrDefault(name);

    public long Integer(string name, long otherwise = 0) => OptionalInteger(name) ?? otherwise;

    public double Number(string name) => (double?)values.GetValueOrDefault(name) ?? 0;

    public bool? Flag(string name) => (bool?)values.GetValueOrDefault(name);

    public IReadOnlyList<string> Texts(string name) => (IReadOnlyList<string>?)values.GetValueOrDefault(name) ?? [];

    public Message? Child(string name) => (Message?)values.GetValueOrDefault(name);

    public IReadOnlyList<Message> Children(string name) => (IReadOnlyList<Message>?)values.GetValueOrDefault(name) ?? [];

    /// <summary>A list of keys with their values; the last of a key counts.</summary>
    public IReadOnlyDictionary<string, string> Pairs(string name)
    {
        var pairs = new Dictionary<string, string>();
        foreach (var pair in Children(name))
            pairs[pair.Text("key")] = pair.Text("value");
        return pairs;
    }

    public string RunId => Text("run_id");

    /// <summary>The same with further texts.</summary>
    public Message With(IReadOnlyDictionary<string, string> texts)
    {
        var all = new Dictionary<string, object>(values);
        foreach (var (name, text) in texts)
            all[name] = text;
        return new Message(all);
    }
}
