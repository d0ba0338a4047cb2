using Mtl.Core.Catalogue;
using Mtl.Grains.Tests.Hosting;
using Mtl.Learning.Regularizers;
using Mtl.Tracking.Runs;

namespace Mtl.Grains.Tests.Experiments;

public sealed class BaselineTests
{
    [Fact]
    public void A_baseline_keeps_the_regularizers_of_single_tasks_only()
    {
        var definition = SmallTable.Definition("table.csv") with { Regularizers = [.. RegularizerTable.Methods.Select(method => new Choice(method.Key))] };

        Baselines.DefinitionFor(definition).Regularizers.Select(regularizer => regularizer.Key).ShouldBe(
            RegularizerTable.Methods.Select(method => method.Key).Where(key => !RegularizerTable.Methods.Create(new Choice(key)).Value(["a", "b"]).Value.TiesTasks));
    }
}
