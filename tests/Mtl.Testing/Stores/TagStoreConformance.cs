using Mtl.Core;
using Mtl.Tracking.Tags;
using Shouldly;
using Xunit;

namespace Mtl.Testing.Stores;

/// <summary>What every <c>ITagStore</c> must hold.</summary>
public abstract class TagStoreConformance(StoreSource source) : StoreConformance(source)
{
    [Fact]
    public async Task Tags_are_set_replaced_and_taken_away_for_one_owner_of_one_kind()
    {
        await Stores.Tags.SetAsync(TagOwner.Run("a"), new Dictionary<string, string> { ["k"] = "1", ["l"] = "Ä" });
        await Stores.Tags.SetAsync(TagOwner.Run("a"), new Dictionary<string, string> { ["k"] = "2" });
        await Stores.Tags.SetAsync(TagOwner.Experiment("a"), new Dictionary<string, string> { ["k"] = "other" });
        await Stores.Tags.SetAsync(TagOwner.Run("b"), new Dictionary<string, string>());

        var tags = await Stores.Tags.OfAsync(TagOwnerKind.Run, ["a", "b"]);
        tags["a"].ShouldBe(new Dictionary<string, string> { ["k"] = "2", ["l"] = "Ä" }, ignoreOrder: true);
        tags["b"].ShouldBeEmpty();
        (await Stores.Tags.DeleteAsync(TagOwner.Run("a"), "k")).ShouldBeTrue();
        (await Stores.Tags.DeleteAsync(TagOwner.Run("a"), "k")).ShouldBeFalse();
        (await Stores.Tags.OfAsync(TagOwnerKind.Run, ["a"]))["a"].ShouldBe(new Dictionary<string, string> { ["l"] = "Ä" });
        (await Stores.Tags.OfAsync(TagOwnerKind.Experiment, ["a"]))["a"].ShouldBe(new Dictionary<string, string> { ["k"] = "other" });
    }

    [Fact]
    public async Task Of_changes_of_one_tag_at_once_none_is_lost()
    {
        var changes = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Stores.Tags.ChangeAsync(TagOwner.Run("a"), "k", "-", value => $"{value}{(char)('a' + i)}")));

        changes.ShouldAllBe(change => change.IsSuccess);
        var value = (await Stores.Tags.OfAsync(TagOwnerKind.Run, ["a"]))["a"]["k"];
        value[0].ShouldBe('-');
        string.Concat(value.Skip(1).Order()).ShouldBe("abcdefghijkl");
        changes.ShouldContain(change => change.Value == value, "the last one gives back what is kept");
    }

    [Fact]
    public async Task A_change_that_is_refused_leaves_the_tag_as_it_was()
    {
        await Stores.Tags.SetAsync(TagOwner.Run("a"), new Dictionary<string, string> { ["k"] = "1" });
        var tooLong = Error.Invalid("It is too long.");

        (await Stores.Tags.ChangeAsync(TagOwner.Run("a"), "k", "", _ => tooLong)).Error.ShouldBe(tooLong);
        (await Stores.Tags.ChangeAsync(TagOwner.Run("a"), "new", "", _ => tooLong)).Error.ShouldBe(tooLong);

        (await Stores.Tags.OfAsync(TagOwnerKind.Run, ["a"]))["a"].ShouldBe(new Dictionary<string, string> { ["k"] = "1" });
    }

    [Fact]
    public async Task Tags_of_very_many_owners_are_read_at_once()
    {
        foreach (var owner in (int[])[0, 1500, 2999])
            await Stores.Tags.SetAsync(TagOwner.ModelVersion("m", owner), new Dictionary<string, string> { ["n"] = $"{owner}" });

        var tags = await Stores.Tags.OfAsync(TagOwnerKind.ModelVersion, [.. Enumerable.Range(0, 3000).Select(i => TagOwner.ModelVersion("m", i).Id)]);

        tags.Count.ShouldBe(3000);
        tags.Where(owner => owner.Value.Count > 0).Select(owner => owner.Value["n"]).Order().ShouldBe(["0", "1500", "2999"]);
    }
}
