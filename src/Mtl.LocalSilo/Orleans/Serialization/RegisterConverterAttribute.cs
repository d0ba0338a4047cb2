namespace Orleans;

/// <summary>Marks an <see cref="IConverter{TValue, TSurrogate}"/> that is to be used.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class RegisterConverterAttribute : Attribute;
