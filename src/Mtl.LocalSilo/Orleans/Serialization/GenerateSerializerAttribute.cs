namespace Orleans;

/// <summary>Marks a type that may travel in grain calls. Its members need <see cref="IdAttribute"/>, the type an <see cref="AliasAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum)]
public sealed class GenerateSerializerAttribute : Attribute
{
    /// <summary>
    /// Whether the parameters of a record's primary constructor are members by themselves, with ids by position in an id space of their own.
    /// Holds for records whatever is written here; here for source compatibility.
    /// </summary>
    public bool IncludePrimaryConstructorParameters { get; init; }
}
