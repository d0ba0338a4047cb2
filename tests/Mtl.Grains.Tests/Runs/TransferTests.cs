using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Grains.Tests.Hosting;
using Mtl.Tracking.Runs;

namespace Mtl.Grains.Tests.Runs;

/// <summary>Runs that start from another run's shared parameters.</summary>
public sealed class TransferTests
{
    private static readonly InputsDefinition Inputs = new() { Include = ["x", "z", "group"] };

    [Fact]
    public async Task A_run_starts_from_the_trunk_of_a_completed_one()
    {
        await using var platform = await Platform.StartAsync();
        var first = SmallTable.Definition(platform.Table) with { Inputs = Inputs };
        var source = await platform.StartRunAsync(first with { Tasks = [.. first.Tasks.Take(2)] });
        await platform.CompleteAsync(source);

        var id = await platform.StartRunAsync(first with { Name = "Second", Tasks = [first.Tasks[2]], Weighting = new Choice("ew"), Transfer = new TransferDefinition { Run = source, Freeze = true } }, "second");

        await platform.CompleteAsync(id);
        (await platform.LogAsync(id)).ShouldContain(line => line.Message.Contains("(0 shared)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_source_that_does_not_exist_fails_the_run()
    {
        await using var platform = await Platform.StartAsync();
        var definition = SmallTable.Definition(platform.Table);

        async Task<string?> FailureAsync(string id, TransferDefinition transfer)
        {
            var failed = await platform.EndOfAsync(await platform.StartRunAsync(definition with { Name = id, Transfer = transfer }, id));
            failed.Status.ShouldBe(RunStatus.Failed);
            return failed.Failure;
        }

        (await FailureAsync("first", new TransferDefinition { Run = "nobody" })).ShouldBe("Run 'nobody', which the experiment starts from, has no exported model. Name a completed run of this platform.");
        (await FailureAsync("second", new TransferDefinition { Model = "/nowhere.onnx" })).ShouldBe(
            "The model '/nowhere.onnx' that the experiment starts from does not exist. Give the path of an exported .onnx file as the server sees it.");
    }
}
