using Mtl.Core.Definitions;
using Mtl.Core.Random;
using Mtl.Data.Profiling;
using Mtl.Data.Tables;

namespace Mtl.Data.Tests.Profiling;

public sealed class LeaksTests
{
    private const int N = 2000;

    private static readonly CounterRandom Random = new(1, "leaks");
    private static readonly double[] Latent = [.. Enumerable.Range(0, N).Select(i => Random.Normal((ulong)i))];
    private static readonly double[] Noise = [.. Enumerable.Range(0, N).Select(i => Random.Fork(1).Normal((ulong)i))];

    private static readonly Table Data = new(
    [
        Numbers("price", i => Latent[i]),
        Texts("bought", i => Latent[i] > 1 ? "yes" : "no"),
        Texts("class", i => Latent[i] < -0.5 ? "low" : Latent[i] < 0.5 ? "middle" : "high"),
        Numbers("price_with_tax", i => 1.19 * Latent[i]),
        Numbers("price_cubed", i => Math.Pow(Latent[i], 3) + Latent[i]),
        Numbers("invoice", i => Latent[i] + (0.05 * Noise[i])),
        Texts("receipt", i => Latent[i] > 1 ? "printed" : "none"),
        Texts("customer", i => $"customer {i}"),
        Texts("shop", i => $"shop {i % 40}"),
        Numbers("estimate", i => Latent[i] + (0.5 * Noise[i])),
        Numbers("noise", i => Noise[i]),
    ]);

    private static readonly TaskDefinition[] Tasks =
        [new("price", "price", TaskKind.Regression), new("bought", "bought", TaskKind.Binary) { Positive = "yes" }, new("class", "class", TaskKind.Multiclass)];

    [Fact]
    public void Columns_that_determine_a_task_are_suspected_and_no_others()
    {
        var found = Leaks.Find(Data, Tasks);

        found.Where(leak => leak.Task == "price").Select(leak => leak.Column).Order().ShouldBe(["invoice", "price_cubed", "price_with_tax"]);
        found.Where(leak => leak.Task == "bought").Select(leak => leak.Column).ShouldContain("receipt");
        found.Where(leak => leak.Task == "class").Select(leak => leak.Column).ShouldContain("price_with_tax");
        found.Select(leak => leak.Column).Distinct().Order().ShouldBe(["invoice", "price_cubed", "price_with_tax", "receipt"]);
        found.ShouldBe(found.OrderByDescending(leak => leak.Value));
    }

    [Fact]
    public void A_suspicion_says_why()
    {
        Leaks.Find(Data, Tasks, ["receipt"]).ShouldHaveSingleItem().Reason.ShouldBe(
            "'receipt' determines the task 'bought' (τ 1.000): it may be a copy of it, computed from it, or known only afterwards.");
        Leaks.Find(Data, [Tasks[0]], ["invoice"]).ShouldHaveSingleItem().Reason.ShouldStartWith("'invoice' nearly determines the task 'price' (R² 0.99");
    }

    [Fact]
    public void Only_rows_with_both_values_count()
    {
        var table = new Table(
        [
            Numbers("y", i => i % 2 == 0 ? double.NaN : Latent[i]),
            Numbers("x", i => i % 2 == 0 ? 0 : i % 4 == 1 ? double.NaN : Latent[i]),
        ]);

        Leaks.Find(table, [new TaskDefinition("y", "y", TaskKind.Regression)]).ShouldHaveSingleItem().Value.ShouldBe(1, 1e-6);
    }

    [Fact]
    public void Few_rows_are_no_ground_for_suspicion()
    {
        var table = new Table([new NumericColumn("y", [1, 2, 3]), new NumericColumn("x", [1, 2, 3])]);

        Leaks.Find(table, [new TaskDefinition("y", "y", TaskKind.Regression)]).ShouldBeEmpty();
    }

    private static NumericColumn Numbers(string name, Func<int, double> value) => new(name, [.. Enumerable.Range(0, N).Select(i => (float)value(i))]);

    private static TextColumn Texts(string name, Func<int, string> value) => TextColumn.Of(name, Enumerable.Range(0, N).Select(value));
}
