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
        definition.Regularizers.ShouldBeEmpty();
        definition.Optimizer.Options["learningRate"]!.GetValue<double>().ShouldBe(0.01);
        definition.Training.BatchSize.ShouldBe(256);
    }

    [Theory]
    [InlineData("\"cosine\"", "cosine", 0)]
    [InlineData("""{"key": "step", "epochs": 5}""", "step", 1)]
    public void A_schedule_is_its_key_or_an_object(string schedule, string key, int options)
    {
        var read = DefinitionJson.Read<TrainingDefinition>($$"""{"schedule": {{schedule}}}""").Value;

        (read.Schedule.Key, read.Schedule.Options.Count).ShouldBe((key, options));
    }

    [Fact]
    public void Writing_and_reading_gives_the_same_document()
    {
        var once = DefinitionJson.Write(DefinitionJson.Read<ExperimentDefinition>(Minimal).Value);

        DefinitionJson.Write(DefinitionJson.Read<ExperimentDefinition>(once).Value).ShouldBe(once);
    }

    [Theory]
    [InlineData("""{"name": "a", "data": {}, "tasks": [], "epochs": 3}""", " at 'epochs': There is no member 'epochs' here.")]
    [InlineData("""{"name": "a", "data": {}, "tasks": [{"name": "t", "column": "c", "kind": "ranking"}]}""", " at 'tasks[0].kind': 'ranking' is unknown here; there are regression, binary, multiclass, multilabel, reconstruction, tagging, rating.")]
    [InlineData("""{"name": "a", "data": {}, "tasks": [{"name": "t", "column": "c", "kind": 1}]}""", " at 'tasks[0].kind': A text is expected here; there are regression, binary, multiclass, multilabel, reconstruction, tagging, rating.")]
    [InlineData("""{"name": "a", "data": {}}""", ": It lacks 'tasks'.")]
    [InlineData("""{"name": "a", "data": null, "tasks": []}""", " at 'data': Null is not allowed here.")]
    [InlineData("""{"name": "a", "data": {}, "tasks": [], "training": {"epochs": 1.5}}""", " at 'training.epochs': A whole number is expected here.")]
    [InlineData("""{"name": "a", "data": {}, "tasks": [], "training": {"clipNorm": "much"}}""", " at 'training.clipNorm': A number is expected here.")]
    [InlineData("""{"name": "a", "data": {}, "tasks": [], "baselines": 1}""", " at 'baselines': true or false is expected here.")]
    [InlineData("""{"name": "a", "data": {}, "tasks": [], "description": 1}""", " at 'description': A text is expected here.")]
    [InlineData("""{"name": "a", "data": {}, "tasks": {}}""", " at 'tasks': A list is expected here.")]
    [InlineData("""{"name": "a", "data": {}, "tasks": [], "inputs": {"exclude": 3}}""", " at 'inputs.exclude': A list is expected here.")]
    [InlineData("""{"name": "a", "data": {}, "tasks": [], "weighting": 3}""", " at 'weighting': A method is its key (\"adam\") or an object with its key and options ({\"key\": \"adam\", \"learningRate\": 0.001}).")]
    [InlineData("""{"name": """, " at 'name': It ends before an object or a list is closed.")]
    [InlineData("", ": It is empty.")]
    public void What_is_wrong_is_named(string json, string reason) =>
        DefinitionJson.Read<ExperimentDefinition>(json).Error.ShouldNotBeNull().Message.ShouldBe($"The experiment definition can't be read{reason}");

    [Fact]
    public void What_is_no_JSON_at_all_is_refused() =>
        DefinitionJson.Read<ExperimentDefinition>("not json").Error.ShouldNotBeNull().Message.ShouldStartWith("The experiment definition can't be read: 'not json' is an invalid JSON literal.");
}
