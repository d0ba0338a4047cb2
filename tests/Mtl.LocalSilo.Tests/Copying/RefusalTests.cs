using Mtl.LocalSilo.Copying;
using Orleans;

namespace Mtl.LocalSilo.Tests.Copying;

public sealed class RefusalTests
{
    private const string Advice =
        "Give it [GenerateSerializer], [Alias] and an [Id] on each member, or send primitives, string, Guid, dates and times, Uri, enums, byte[], "
        + "arrays, List, Dictionary, HashSet, ImmutableArray, ImmutableList, ImmutableDictionary, tuples or grain references";

    public static TheoryData<Type, string> Refused => new()
    {
        { typeof(Plain), "RefusalTests.Plain has no [GenerateSerializer]. " + Advice },
        { typeof(List<Plain[]>), "RefusalTests.Plain has no [GenerateSerializer]. " + Advice },
        { typeof(IReadOnlyList<Plain>), "RefusalTests.Plain has no [GenerateSerializer]. " + Advice },
        { typeof(NoAlias), "RefusalTests.NoAlias has no [Alias]. Give it a name that is unique in the application, so that the type can be renamed or moved." },
        { typeof(NoId), "RefusalTests.NoId.Second has no [Id]. Give it the next free one, or mark its field [NonSerialized] to leave it behind." },
        { typeof(Gap), "RefusalTests.Gap has the ids 0, 2; they have to be 0 to 1, each once. Number the members without gaps." },
        { typeof(Twice), "RefusalTests.Twice has the ids 0, 0; they have to be 0 to 1, each once. Number the members without gaps." },
        { typeof(Computed), "RefusalTests.Computed.Value has an [Id] but no field of its own. Put the [Id] on what is stored." },
        { typeof(Captured), "RefusalTests.Captured.<text>P has no [Id]. Give it the next free one, or mark its field [NonSerialized] to leave it behind." },
        { typeof(Derived), "RefusalTests.Plain (base of RefusalTests.Derived) has no [GenerateSerializer]. " + Advice },
        { typeof(Holder), "RefusalTests.Holder.Inner: RefusalTests.Plain has no [GenerateSerializer]. " + Advice },
        { typeof(Stream), "Stream has no [GenerateSerializer]. " + Advice },
        { typeof(Func<int>), "Func<Int32> has no [GenerateSerializer]. " + Advice },
        { typeof(SortedSet<int>), "SortedSet<Int32> has no [GenerateSerializer]. " + Advice },
        { typeof(SomeGrain), "RefusalTests.SomeGrain is a class of grains or observers. Declare the interface and pass a reference." },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_type_that_breaks_a_rule_is_refused_with_the_reason(Type type, string reason) =>
        new CopierTable(trustImmutable: true).RefusalOf(type).ShouldBe(reason);

    [Fact]
    public void Two_types_may_not_share_an_alias()
    {
        var copiers = new CopierTable(trustImmutable: true);

        copiers.RefusalOf(typeof(SameA)).ShouldBeNull();
        copiers.RefusalOf(typeof(SameB)).ShouldBe("RefusalTests.SameB and RefusalTests.SameA share the alias \"tests.same\". Give each its own.");
    }

    [Fact]
    public void A_refused_type_stays_refused()
    {
        var copiers = new CopierTable(trustImmutable: true);

        copiers.RefusalOf(typeof(Holder)).ShouldNotBeNull();
        copiers.RefusalOf(typeof(Holder)).ShouldNotBeNull();
        copiers.RefusalOf(typeof(Plain)).ShouldNotBeNull();
    }

    [Fact]
    public void What_hides_behind_an_interface_is_refused_when_it_is_sent()
    {
        var copiers = new CopierTable(trustImmutable: true);
        IReadOnlyList<int> expression = [1, 2];

        Should.Throw<UnserializableTypeException>(() => copiers.For(typeof(object)).CopyObject(new Plain(), new CopyScope(copiers)))
            .Message.ShouldBe("RefusalTests.Plain has no [GenerateSerializer]. " + Advice);
        Should.Throw<UnserializableTypeException>(() => copiers.For(typeof(IReadOnlyList<int>)).CopyObject(expression, new CopyScope(copiers)))
            .Message.ShouldEndWith("was made by the compiler for a collection expression or an iterator. Send an array, a List<T> or an ImmutableArray<T>: "
                + "[.. items] assigned to such a type, or .ToArray().");
    }

    public class Plain
    {
        public int Number { get; set; }
    }

    [GenerateSerializer]
    public sealed record NoAlias([property: Id(0)] int A);

    [GenerateSerializer]
    [Alias("tests.no-id")]
    public sealed class NoId
    {
        [Id(0)]
        public int First { get; set; }

        public int Second { get; set; }
    }

    [GenerateSerializer]
    [Alias("tests.gap")]
    public sealed record Gap([property: Id(0)] int A, [property: Id(2)] int B);

    [GenerateSerializer]
    [Alias("tests.twice")]
    public sealed record Twice([property: Id(0)] int A, [property: Id(0)] int B);

    [GenerateSerializer]
    [Alias("tests.computed")]
    public sealed class Computed
    {
        [Id(0)]
        public int Value => 1;
    }

    [GenerateSerializer]
    [Alias("tests.captured")]
    public sealed class Captured(string text)
    {
        public string Text() => text;
    }

    [GenerateSerializer]
    [Alias("tests.derived")]
    public sealed class Derived : Plain;

    [GenerateSerializer]
    [Alias("tests.holder")]
    public sealed record Holder([property: Id(0)] Plain Inner);

    [GenerateSerializer]
    [Alias("tests.same")]
    public sealed record SameA;

    [GenerateSerializer]
    [Alias("tests.same")]
    public sealed record SameB;

    public abstract class SomeGrain : Grain;
}
