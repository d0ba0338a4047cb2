namespace Mtl.Api.Mlflow.Wire;

/// <summary>The kinds of values that requests hold, as protocol buffers' JSON form has them.</summary>
internal enum FieldKind
{
    Text,

    /// <summary>A whole number of 64 bits: a number, or a text of one.</summary>
    Integer,

    /// <summary>A number, or <c>"NaN"</c>, <c>"Infinity"</c>, <c>"-Infinity"</c>, or a text of a number.</summary>
    Number,
    Flag,
    Texts,
    Message,
    Messages,
}

/// <summary>A field of a request. What is not among a request's fields is passed over.</summary>
internal sealed record Field(string Name, FieldKind Kind)
{
    /// <summary>Must be there, and not empty.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Another name that old clients use.</summary>
    public string OldName { get; init; } = "";

    /// <summary>The fields of a message.</summary>
    public IReadOnlyList<Field> Members { get; init; } = [];

    /// <summary>The only texts allowed; empty for any.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Least and greatest value of an integer.</summary>
    public (long Least, long Most) Range { get; init; } = (long.MinValue, long.MaxValue);

    public static Field Required(string name) => new(name, FieldKind.Text) { IsRequired = true };

    public static Field Text(string name) => new(name, FieldKind.Text);

    /// <summary>The run, by its present and its old name.</summary>
    public static Field Run { get; } = new("run_id", FieldKind.Text) { IsRequired = true, OldName = "run_uuid" };

    public static Field Choice(string name, params string[] choices) => new(name, FieldKind.Text) { Choices = choices };

    public static Field Integer(string name) => new(name, FieldKind.Integer);

    public static Field Integer(string name, long least, long most) => new(name, FieldKind.Integer) { Range = (least, most) };

    public static Field Number(string name) => new(name, FieldKind.Number);

    public static Field Flag(string name) => new(name, FieldKind.Flag);

    public static Field Texts(string name) => new(name, FieldKind.Texts);

    public static Field Message(string name, params Field[] members) => new(name, FieldKind.Message) { Members = members };

    public static Field Messages(string name, params Field[] members) => new(name, FieldKind.Messages) { Members = members };

    /// <summary>A list of keys with their values.</summary>
    public static Field Pairs(string name) => Messages(name, Required("key"), Text("value"));

    public Field Needed() => this with { IsRequired = true };
}
