namespace Orleans.Runtime;

/// <summary>The identity of a grain: the type and the key.</summary>
public readonly struct GrainId(GrainType type, IdSpan key) : IEquatable<GrainId>
{
    /// <summary>The grain's type.</summary>
    public GrainType Type { get; } = type;

    /// <summary>The key within the type.</summary>
    public IdSpan Key { get; } = key;

    /// <summary>Whether nothing was put in.</summary>
    public bool IsDefault => Type.IsDefault && Key.IsDefault;

    public static bool operator ==(GrainId left, GrainId right) => left.Equals(right);

    public static bool operator !=(GrainId left, GrainId right) => !left.Equals(right);

    /// <summary>The id of that type and key.</summary>
    public static GrainId Create(string type, string key) => Create(GrainType.Create(type), IdSpan.Create(key));

    /// <summary>The id of that type and key.</summary>
    public static GrainId Create(GrainType type, string key) => Create(type, IdSpan.Create(key));

    /// <summary>The id of that type and key.</summary>
    public static GrainId Create(GrainType type, IdSpan key) => new(type, key);

    public bool Equals(GrainId other) => Type == other.Type && Key == other.Key;

    public override bool Equals(object? obj) => obj is GrainId other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Type, Key);

    /// <summary>As "type/key".</summary>
    public override string ToString() => $"{Type}/{Key}";
}
