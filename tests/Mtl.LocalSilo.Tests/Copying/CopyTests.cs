using System.Collections.Immutable;
using Mtl.LocalSilo.Copying;

namespace Mtl.LocalSilo.Tests.Copying;

public sealed class CopyTests
{
    [Fact]
    public void A_record_is_copied_with_all_that_it_holds()
    {
        var original = new Sample("s", [1, 2]) { Counts = new() { ["a"] = [1] }, Scratch = "left behind" };

        var copy = Copy(original);

        copy.Name.ShouldBe("s");
        copy.Values.ShouldBe([1, 2]);
        copy.Values.ShouldNotBeSameAs(original.Values);
        copy.Counts["a"].ShouldBe([1]);
        copy.Counts["a"].ShouldNotBeSameAs(original.Counts["a"]);
        copy.Scratch.ShouldBeNull();
    }

    [Fact]
    public void Objects_that_occur_twice_or_within_themselves_do_so_in_the_copy()
    {
        var shared = new Node();
        var original = new Node { Next = shared };
        original.Others.AddRange([shared, original]);

        var copy = Copy(original);

        copy.ShouldNotBeSameAs(original);
        copy.Next.ShouldNotBeNull().ShouldNotBeSameAs(shared);
        copy.Others[0].ShouldBeSameAs(copy.Next);
        copy.Others[1].ShouldBeSameAs(copy);
        copy.Number.ShouldBe(7);
    }

    [Fact]
    public void A_value_is_copied_by_the_type_that_it_has()
    {
        Shape original = new Polygon("triangle", [3, 4, 5]);

        var copy = Copy(original).ShouldBeOfType<Polygon>();

        copy.ShouldNotBeSameAs(original);
        copy.Name.ShouldBe("triangle");
        copy.Sides.ShouldBe([3, 4, 5]);
        copy.Sides.ShouldNotBeSameAs(((Polygon)original).Sides);
    }

    [Fact]
    public void Structs_and_tuples_are_copied_with_what_they_hold()
    {
        var pair = new Pair([1], 2);
        var (left, names, rest) = Copy((pair, new List<string> { "a" }, (int?)3));

        left.Left.ShouldBe([1]);
        left.Left.ShouldNotBeSameAs(pair.Left);
        left.Right.ShouldBe(2);
        names.ShouldBe(["a"]);
        rest.ShouldBe(3);
        Copy<Pair?>(null).ShouldBeNull();
        Copy<Pair?>(pair)!.Value.Left.ShouldNotBeSameAs(pair.Left);
    }

    [Fact]
    public void Collections_keep_their_kind_and_comparer()
    {
        var names = new Dictionary<string, List<int>>(StringComparer.OrdinalIgnoreCase) { ["a"] = [1] };
        int[][] list = [[1]];

        Copy(names)["A"].ShouldBe([1]);
        Copy(names)["a"].ShouldNotBeSameAs(names["a"]);
        Copy<IReadOnlyList<int[]>>(list).ShouldBeOfType<int[][]>()[0].ShouldNotBeSameAs(list[0]);
        Copy(new HashSet<string>(["x"], StringComparer.OrdinalIgnoreCase)).Contains("X").ShouldBeTrue();
        Copy(ImmutableArray.Create<int[]>([1]))[0].ShouldBe([1]);
        Copy(ImmutableList.Create("a")).ShouldBe(["a"]);
        Copy(ImmutableDictionary<string, double>.Empty.Add("a", 1))["a"].ShouldBe(1);
        Copy(new ReadOnlyMemory<byte>([1, 2])).ToArray().ShouldBe([1, 2]);
    }

    [Fact]
    public void Immutable_values_are_passed_on_when_trusted_and_copied_when_not()
    {
        var frozen = new Frozen([1], new List<string> { "a" });

        Copy(frozen, new CopierTable(trustImmutable: true)).ShouldBeSameAs(frozen);
        var copy = Copy(frozen);
        copy.ShouldNotBeSameAs(frozen);
        copy.Values.ShouldBe([1]);
        copy.Names.ShouldNotBeSameAs(frozen.Names);
    }

    [Fact]
    public void A_converter_lets_a_type_without_attributes_travel()
    {
        var copiers = new CopierTable(trustImmutable: false);
        copiers.AddConverter(typeof(ForeignConverter));
        copiers.AddConverter(typeof(BoxConverter<>));
        var foreign = new Foreign("t", [1, 2]);

        var copy = Copy(new Box<Foreign>(foreign), copiers);

        copy.Value.Text.ShouldBe("t");
        copy.Value.Numbers.ShouldBe([1, 2]);
        copy.Value.Numbers.ShouldNotBeSameAs(foreign.Numbers);
    }

    private static T Copy<T>(T value, CopierTable? copiers = null)
    {
        copiers ??= new CopierTable(trustImmutable: false);
        return (T)copiers.For(typeof(T)).CopyObject(value, new CopyScope(copiers))!;
    }
}
