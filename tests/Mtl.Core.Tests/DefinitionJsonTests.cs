using Mtl.Core.Definitions;

namespace Mtl.Core.Tests;

public class DefinitionJsonTests
{
    private const string Minimal = """
        {"name": "Adult", "data": {"path": "adult.csv"}, "tasks": [{"name": "income", "column": "income", "kind": "binary", "positive": ">50K"}],
         "weighting": "uw", "optimizer": {"key": "adam", "learningRate": 0.01}}
        """;

    [Fact]
    public void A_short_document_reads_with_every_default()
    {
        var definition = DefinitionJson.Read<ExperimentDefinition>(Minimal).Value;

        definition.Tasks.ShouldHaveSingleItem().Kind.ShouldBe(TaskKind.Binary);
        definition.Weighting.Key.ShouldBe("uw");
        definition.Optimizer.Options["learningRate"]!.GetValue<double>().ShouldBe(0.01);
        definition.Training.BatchSize.ShouldBe(256);
    }

    [Fact]
    public void Writing_and_reading_gives_the_same_document()
    {
        var once = DefinitionJson.Write(DefinitionJson.Read<ExperimentDefinition>(Minimal).Value);

        DefinitionJson.Write(DefinitionJson.Read<ExperimentDefinition>(once).Value).ShouldBe(once);
    }

    [Theory]
    [InlineData("""{"name": "a", "data": {}, "tasks": [], "epochs": 3}""", "epochs")]
    [InlineData("""{"name": "a", "data": {}, "tasks": [{"name": "t", "column": "c", "kind": "ranking"}]}""", "tasks[0].kind")]
    [InlineData("""{"name": "a", "data": {}}""", "tasks")]
    [InlineData("""{"name": "a", "data": {}, "tasks": [], "weighting": 3}""", "A method is its key")]
    [InlineData("not json", "experiment definition can't be read")]
    public void What_is_wrong_is_named(string json, string named) =>
        DefinitionJson.Read<ExperimentDefinition>(json).Error.ShouldNotBeNull().ToString().ShouldContain(named);
}
