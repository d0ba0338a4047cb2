using Mtl.Cli.Definitions;
using Mtl.Core;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;

namespace Mtl.Cli.Tests.Definitions;

public sealed class DefinitionFileTests : IDisposable
{
    private const string Yaml = """
        name: "Deliveries: 2026"
        data: {path: tables/deliveries.csv}
        tasks:
          - {name: minutes, column: minutes, kind: regression}
          - name: late          # a comment
            column: late
            kind: binary
            positive: "yes"
        inputs:
          exclude: [order_id]
        split: {kind: stratified, column: late, validation: 0.2}
        optimizer: adam
        encoder: {key: mlp, widths: [32, 16]}
        training: {epochs: 20, seed: 18446744073709551615}
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mtl-cli-");

    public DefinitionFileTests()
    {
        folder.CreateSubdirectory("experiments");
        File.WriteAllText(Path.Combine(folder.FullName, "experiments", "deliveries.yaml"), Yaml);
    }

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_file_is_read_as_the_definition_that_it_writes()
    {
        var definition = Read().Value;

        definition.Name.ShouldBe("Deliveries: 2026");
        definition.Tasks.ShouldBe([new TaskDefinition("minutes", "minutes", TaskKind.Regression), new TaskDefinition("late", "late", TaskKind.Binary) { Positive = "yes" }]);
        definition.Inputs.Exclude.ShouldBe(["order_id"]);
        definition.Split.ShouldBe(new SplitDefinition { Kind = SplitKind.Stratified, Column = "late", Validation = 0.2 });
        definition.Optimizer.ShouldBe(definition.Optimizer with { Key = "adam" });
        definition.Encoder.Options["widths"]!.ToJsonString().ShouldBe("[32,16]");
        definition.Training.ShouldBe(new TrainingDefinition { Epochs = 20, Seed = ulong.MaxValue });
        definition.Weighting.Key.ShouldBe("ew");
    }

    [Theory]
    [InlineData("training.epochs=5", "epochs 5")]
    [InlineData("training.schedule=cosine", "schedule cosine")]
    [InlineData("tasks[1].positive=no", "positive no")]
    [InlineData("tasks.1.positive=\"1\"", "positive 1")]
    [InlineData("inputs.exclude=[depot, order_id]", "exclude depot,order_id")]
    [InlineData("inputs.include=[]", "include ")]
    [InlineData("weighting=uw", "weighting uw")]
    [InlineData("weighting.key=dwa", "weighting dwa")]
    [InlineData("optimizer.learningRate=1e-2", "optimizer adam learningRate 0.01")]
    [InlineData("baselines=false", "baselines False")]
    [InlineData("preprocessing.bins=8", "bins 8")]
    [InlineData("description=one = two", "description one = two")]
    public void A_setting_is_laid_over_the_file(string setting, string expected)
    {
        var definition = Read(setting).Value;

        string[] facts =
        [
            $"epochs {definition.Training.Epochs}", $"schedule {definition.Training.Schedule.Key}", $"positive {definition.Tasks[1].Positive}", $"exclude {string.Join(',', definition.Inputs.Exclude)}",
            $"include {string.Join(',', definition.Inputs.Include)}", $"weighting {definition.Weighting.Key}", $"optimizer {Show(definition.Optimizer)}", $"baselines {definition.Baselines}",
            $"bins {definition.Preprocessing.Bins}", $"description {definition.Description}",
        ];
        facts.ShouldContain(expected);
    }

    [Fact]
    public void Later_settings_win()
    {
        Read("training.epochs=5", "training.epochs=7").Value.Training.Epochs.ShouldBe(7);
    }

    [Fact]
    public void A_relative_path_is_relative_to_where_it_was_written()
    {
        Read().Value.Data.Path.ShouldBe(Path.Combine(folder.FullName, "experiments", "tables", "deliveries.csv"));
        Read("data.path=tables/other.csv").Value.Data.Path.ShouldBe(Path.Combine(folder.FullName, "tables", "other.csv"));
        Read("data.path=../other.csv").Value.Data.Path.ShouldBe(Path.Combine(folder.Parent!.FullName, "other.csv"));
        Read("data.path=/data/other.csv").Value.Data.Path.ShouldBe("/data/other.csv");
    }

    [Theory]
    [InlineData("epochs", "The setting 'epochs' is not of the form name=value. Write for example --set training.epochs=5.")]
    [InlineData("=5", "The setting '=5' is not of the form name=value. Write for example --set training.epochs=5.")]
    [InlineData("tasks[7].name=x", "The setting 'tasks[7].name=x' names a place that the definition does not have.")]
    [InlineData("inputs.exclude=[", "'inputs.exclude=[' is not valid YAML at line 2, column 1: While parsing a node, did not find expected node content.")]
    [InlineData("training.epochs=many", "The experiment definition can't be read at 'training.epochs': ")]
    [InlineData("training.speed=9", "The experiment definition can't be read at 'training.speed': ")]
    public void A_setting_that_cannot_be_is_refused_in_words(string setting, string message)
    {
        var read = Read(setting);

        read.IsSuccess.ShouldBeFalse();
        $"{read.Error}".ShouldStartWith(message);
    }

    [Theory]
    [InlineData("", "'broken.yaml' holds no mapping; an experiment definition begins with 'name:', 'data:' and 'tasks:'.")]
    [InlineData("- a\n- b", "'broken.yaml' holds no mapping; an experiment definition begins with 'name:', 'data:' and 'tasks:'.")]
    [InlineData("name: a\nname: b", "'broken.yaml' is not valid YAML at line 2, column 1: Duplicate key")]
    [InlineData("name: [", "'broken.yaml' is not valid YAML at line ")]
    [InlineData("? [a, b]\n: c", "'broken.yaml' is not valid YAML at line 1, column 3: A name before ':' must be a plain text.")]
    [InlineData("name: a\nlanguage: b", "The experiment definition can't be read at 'language': ")]
    [InlineData("name: a", "The experiment definition can't be read: ")]
    public void A_file_that_is_no_definition_is_refused_in_words(string yaml, string message)
    {
        File.WriteAllText(Path.Combine(folder.FullName, "broken.yaml"), yaml);

        var read = DefinitionFile.Read("broken.yaml", [], folder.FullName);

        read.IsSuccess.ShouldBeFalse();
        $"{read.Error}".ShouldStartWith(message);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        DefinitionFile.Read("nowhere.yaml", [], folder.FullName).Error.ShouldBe(
            Error.NotFound($"There is no file '{Path.Combine(folder.FullName, "nowhere.yaml")}'.", "Give the path of an experiment definition, as in 'mtl run examples/adult.yaml'."));
    }

    private Result<ExperimentDefinition> Read(params string[] settings) => DefinitionFile.Read("experiments/deliveries.yaml", settings, folder.FullName);

    private static string Show(Choice choice) => string.Join(' ', choice.Options.Select(option => $"{option.Key} {option.Value}").Prepend(choice.Key));
}
