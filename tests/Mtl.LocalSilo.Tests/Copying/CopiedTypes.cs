using System.Collections.Immutable;
using Orleans;

namespace Mtl.LocalSilo.Tests.Copying;

[GenerateSerializer]
[Alias("tests.sample")]
public sealed record Sample(string Name, List<double> Values)
{
    [Id(0)]
    public required Dictionary<string, int[]> Counts { get; init; }

    [field: NonSerialized]
    public string? Scratch { get; set; }
}

[GenerateSerializer]
[Alias("tests.node")]
public sealed class Node
{
    [Id(0)]
    public Node? Next { get; set; }

    [Id(1)]
    public List<Node> Others { get; } = [];

    [Id(2)]
    private readonly int _number = 7;

    public int Number => _number;
}

[GenerateSerializer]
[Alias("tests.shape")]
public abstract record Shape([property: Id(0)] string Name);

[GenerateSerializer]
[Alias("tests.polygon")]
public sealed record Polygon(string Name, [property: Id(0)] int[] Sides) : Shape(Name);

[GenerateSerializer]
[Alias("tests.pair")]
public record struct Pair([property: Id(0)] int[] Left, [property: Id(1)] int Right);

[Immutable]
[GenerateSerializer]
[Alias("tests.frozen")]
public sealed record Frozen([property: Id(0)] ImmutableArray<double> Values, [property: Id(1)] IReadOnlyList<string> Names);

public sealed class Foreign(string text, List<int> numbers)
{
    public string Text { get; } = text;

    public List<int> Numbers { get; } = numbers;
}

[GenerateSerializer]
[Alias("tests.foreign-surrogate")]
public struct ForeignSurrogate
{
    [Id(0)]
    public string Text;

    [Id(1)]
    public List<int> Numbers;
}

[RegisterConverter]
public sealed class ForeignConverter : IConverter<Foreign, ForeignSurrogate>
{
    public Foreign ConvertFromSurrogate(in ForeignSurrogate surrogate) => new(surrogate.Text, surrogate.Numbers);

    public ForeignSurrogate ConvertToSurrogate(in Foreign value) => new() { Text = value.Text, Numbers = value.Numbers };
}

public sealed record Box<T>(T Value);

[GenerateSerializer]
[Alias("tests.box-surrogate")]
public record struct BoxSurrogate<T>([property: Id(0)] T Value);

[RegisterConverter]
public sealed class BoxConverter<T> : IConverter<Box<T>, BoxSurrogate<T>>
{
    public Box<T> ConvertFromSurrogate(in BoxSurrogate<T> surrogate) => new(surrogate.Value);

    public BoxSurrogate<T> ConvertToSurrogate(in Box<T> value) => new(value.Value);
}
