namespace Orleans.Runtime;

/// <summary>A part of a grain id: the type's name or the key.</summary>
public readonly struct IdSpan : IEquatable<IdSpan>
{
    private readonly string? _text;

    private IdSpan(string text) => _text = text;

    /// <summary>Whether nothing was put in.</summary>
    public bool IsDefault => string.IsNullOrEmpty(_text);

    public static bool operator ==(IdSpan left, IdSpan right) => left.Equals(right);

    public static bool operator !=(IdSpan left, IdSpan right) => !left.Equals(right);

    /// <summary>The part that reads <paramref name="id"/>.</summary>
    public static IdSpan Create(string id) => new(id);

    public bool Equals(IdSpan obj) => string.Equals(_text, obj._text, StringComparison.Ordinal);

    public override bool Equals(object? obj) => obj is IdSpan other && Equals(other);

    public override int GetHashCode() => _text is null ? 0 : _text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => _text ?? "";
}
