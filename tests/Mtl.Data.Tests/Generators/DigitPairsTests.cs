using Mtl.Data.Generators;
using Mtl.Data.Tables;

namespace Mtl.Data.Tests.Generators;

public class DigitPairsTests
{
    /// <summary>Images of one pixel of ink at a place and strength that only they have.</summary>
    private static readonly Table Digits = new(
    [
        .. Enumerable.Range(0, 64).Select(place => new NumericColumn($"p{place}", [.. Enumerable.Range(0, 200).Select(image => image % 64 == place ? 1f + (image / 64) : 0)])),
        new NumericColumn("digit", [.. Enumerable.Range(0, 200).Select(image => (float)(image % 10))]),
    ]);

    [Fact]
    public void Each_side_has_as_many_pairs_as_asked_for_and_the_same_seed_gives_the_same_ones()
    {
        var pairs = DigitPairs.Generate(Digits, 50, 20, 30, seed: 3).Value;

        pairs.RowCount.ShouldBe(100);
        Enumerable.Range(0, 100).Select(pairs["split"].TextAt).CountBy(side => side).ShouldBe([new("train", 50), new("val", 20), new("test", 30)]);
        var again = DigitPairs.Generate(Digits, 50, 20, 30, seed: 3).Value;
        foreach (var column in pairs.Columns)
            Enumerable.Range(0, 100).Select(again[column.Name].TextAt).ShouldBe(Enumerable.Range(0, 100).Select(column.TextAt));
        Enumerable.Range(0, 100).Select(DigitPairs.Generate(Digits, 50, 20, 30, seed: 4).Value["left"].TextAt).ShouldNotBe(Enumerable.Range(0, 100).Select(pairs["left"].TextAt));
    }

    [Fact]
    public void Both_digits_are_drawn_with_all_their_ink()
    {
        var pairs = DigitPairs.Generate(Digits, 400, 1, 1).Value;
        var pixels = pairs.Columns.OfType<NumericColumn>().Where(column => column.Name.StartsWith('p')).ToArray();

        pixels.Length.ShouldBe(DigitPairs.Height * DigitPairs.Width);
        for (var row = 0; row < 400; row++)
            pixels.Count(pixel => pixel.Values[row] > 0).ShouldBeInRange(1, 2);
        pixels.Where(pixel => pixel.Values.Any(ink => ink > 0)).Count().ShouldBeGreaterThan(110);
    }

    [Fact]
    public void No_source_image_is_on_two_sides()
    {
        // Each image has a strength of ink of its own, in one pixel; a pair's ink is that of its two images.
        var unique = new Table(
        [
            .. Enumerable.Range(0, 64).Select(place => new NumericColumn($"p{place}", [.. Enumerable.Range(0, 60).Select(image => place == 27 ? (float)(0.1 * (image + 1)) : 0)])),
            new NumericColumn("digit", [.. Enumerable.Range(0, 60).Select(image => (float)(image % 10))]),
        ]);
        var pairs = DigitPairs.Generate(unique, 300, 100, 100).Value;
        var seen = new Dictionary<string, HashSet<float>>();
        for (var row = 0; row < pairs.RowCount; row++)
        {
            var ink = pairs.Columns.OfType<NumericColumn>().Where(column => column.Name.StartsWith('p')).Select(column => column.Values[row]).Where(value => value > 0);
            if (!seen.TryGetValue(pairs["split"].TextAt(row), out var side))
                seen.Add(pairs["split"].TextAt(row), side = []);
            side.UnionWith(ink);
        }

        seen.Keys.Order().ShouldBe(["test", "train", "val"]);
        seen["train"].Intersect(seen["test"]).ShouldBeEmpty();
        seen["val"].Intersect(seen["test"]).ShouldBeEmpty();
        seen["train"].Intersect(seen["val"]).ShouldBeEmpty();
    }

    [Fact]
    public void A_table_of_other_images_is_refused() => DigitPairs.Generate(new Table([new NumericColumn("digit", [1])])).Error!.ToString().ShouldBe(
        "The table of digits has 0 columns of pixels; it needs 64 of numbers, and a column 'digit' of numbers. Use digits.csv.");
}
