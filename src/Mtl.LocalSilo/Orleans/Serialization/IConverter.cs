namespace Orleans;

/// <summary>Lets a type that carries no serialisation attributes travel as a surrogate that does. Marked with <see cref="RegisterConverterAttribute"/>.</summary>
public interface IConverter<TValue, TSurrogate>
    where TSurrogate : struct
{
    /// <summary>The value that the surrogate stands for.</summary>
    TValue ConvertFromSurrogate(in TSurrogate surrogate);

    /// <summary>The surrogate that stands for the value.</summary>
    TSurrogate ConvertToSurrogate(in TValue value);
}
