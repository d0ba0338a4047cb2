using System.Text.Json.Nodes;
using Mtl.Application.Definitions;
using Mtl.Core;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Dashboard.Models;
using Mtl.Dashboard.Tests.Development;
using Mtl.Tracking.Datasets;

namespace Mtl.Dashboard.Tests;

public class WizardStateTests
{
    private static readonly Dataset Homes = new("homes", "city_homes-2024.csv", "/data/homes.csv", true, 1, "", 4200, 9, DateTimeOffset.UnixEpoch);

    private readonly WizardState state = new(new DevelopmentCatalogue());

    [Fact]
    public void Steps_open_one_after_the_other()
    {
        state.Reachable.ShouldBe(WizardStep.Data);
        state.Blocked(WizardStep.Data).ShouldBe("Choose a table first.");

        state.Use(Homes, MadeUpTable.Profile);
        state.Reachable.ShouldBe(WizardStep.Tasks);
        state.Blocked(WizardStep.Tasks).ShouldBe("Choose at least one column to predict.");

        state.Draft.Toggle("price", TaskKind.Regression);
        state.Reachable.ShouldBe(WizardStep.Review);
    }

    [Fact]
    public void A_table_suggests_name_and_split()
    {
        state.Use(Homes, MadeUpTable.Profile);
        (state.Draft.Name, state.Draft.SplitKind, state.Draft.SplitColumn).ShouldBe(("City homes 2024", SplitKind.Column, "part"));
    }

    [Fact]
    public void Identifiers_constants_and_leaks_are_left_out_with_their_reason()
    {
        Fill();
        state.Suspect([DevelopmentDatasets.Leak]);

        state.Inputs().Where(input => !input.IsIncluded).Select(input => input.Column.Name).ShouldBe(["id", "country", "price_eur"]);
        state.Inputs().Single(input => input.Column.Name == "price_eur").Reason.ShouldBe("'price_eur' determines price (R² = 0.999): it is probably a copy of it.");
        state.Inputs().ShouldNotContain(input => input.Column.Name == "part" || input.Column.Name == "price" || input.Column.Name == "sold");
        state.ToDefinition().Inputs.Exclude.ShouldBe(["id", "country", "price_eur"]);
    }

    [Fact]
    public void What_no_form_has_is_written_as_text_and_kept()
    {
        Fill();
        var written = state.ToDefinition() with
        {
            Regularizers = [new Choice("l21")],
            CrossValidation = new CrossValidationDefinition { Folds = 4, Grid = new Dictionary<string, IReadOnlyList<JsonNode?>> { ["training.batchSize"] = [64, 128] } },
            Inputs = new InputsDefinition { Exclude = ["area"], Modalities = [new ModalityDefinition("words", ModalityKind.Text, ["count*"])] },
        };

        state.Write(DefinitionYaml.Write(written));
        state.Draft.Name = "Named later";

        var read = state.ToDefinition();
        (read.Name, read.Regularizers[0].Key, read.CrossValidation!.Folds, read.Inputs.Modalities[0].Name).ShouldBe(("Named later", "l21", 4, "words"));
        read.Inputs.Exclude.ShouldBe(["area"]);
        state.Inputs().Single(input => input.Column.Name == "area").IsIncluded.ShouldBeFalse();
    }

    [Fact]
    public void A_text_that_is_no_definition_changes_nothing()
    {
        Fill();
        var before = DefinitionYaml.Write(state.ToDefinition());

        Refused("name: [").Message.ShouldStartWith("'The definition' is not valid YAML at line 2, column 1: ");
        Refused("- 1").Message.ShouldBe("'The definition' holds no mapping; an experiment definition begins with 'name:', 'data:' and 'tasks:'.");
        Refused(before.Replace("epochs: 50", "epochs: many", StringComparison.Ordinal)).Field.ShouldBe("training.epochs");
        Refused(before.Replace("weighting: ew", "weighting: dvw", StringComparison.Ordinal)).Message.ShouldBe("There is no Weighting 'dvw'.");
        Refused(before.Replace("epochs: 50", "epochs: 0", StringComparison.Ordinal)).Message.ShouldBe("training.epochs is 0; allowed is 1 to 100000.");

        DefinitionYaml.Write(state.ToDefinition()).ShouldBe(before);
        state.Blocked(WizardStep.Review).ShouldBe("The YAML can't be taken; correct it first.");

        state.Write(before);
        state.Blocked(WizardStep.Review).ShouldBeNull();

        Error Refused(string text)
        {
            state.Write(text);
            return state.Refusal.ShouldNotBeNull();
        }
    }

    [Fact]
    public void Tasks_of_several_columns_or_none_are_made_by_forms_and_their_columns_are_no_inputs()
    {
        Fill();
        state.Draft.AddTask(TaskKind.Reconstruction);
        state.Draft.AddTask(TaskKind.Reconstruction);
        state.Draft.AddTask(TaskKind.Multilabel);
        state.Draft.Tasks.Skip(2).Select(task => task.Name).ShouldBe(["reconstruction", "reconstruction_2", "labels"]);
        state.Draft.Tasks[4].Columns = ["area", "size"];
        state.Blocked(WizardStep.Tasks).ShouldBe("The table has no column 'size'.");

        state.Draft.Tasks[4].Columns = ["area", "year"];
        (state.Draft.Tasks[0].By, state.Draft.Tasks[0].Value) = ("district", "Hills");
        state.Blocked(WizardStep.Tasks).ShouldBeNull();
        state.Inputs().Select(input => input.Column.Name).ShouldBe(["id", "country", "price_eur"]);
        var tasks = state.ToDefinition().Tasks;
        (tasks[0].By, tasks[0].Value, tasks[2].Kind, tasks[4].Columns.Count).ShouldBe(("district", "Hills", TaskKind.Reconstruction, 2));
        DefinitionRules.Complete(state.ToDefinition(), new DevelopmentCatalogue()).Error.ShouldBeNull();
    }

    [Fact]
    public void Tasks_are_by_columns_with_several_values_and_not_too_many()
    {
        Fill();
        state.Groupings(state.Draft.Tasks[0]).ShouldBe(["area", "district", "year", "part", "sold"]);
        state.Draft.Tasks[0].By = "country";
        state.Groupings(state.Draft.Tasks[0]).ShouldBe(["area", "district", "year", "country", "part", "sold"]);
    }

    [Fact]
    public void A_person_overrules_suggestions()
    {
        Fill();
        state.Choose("id", true);
        state.Choose("area", false);
        state.ToDefinition().Inputs.Exclude.ShouldBe(["area", "country"]);
    }

    [Fact]
    public void What_was_entered_makes_the_definition()
    {
        Fill();
        state.Draft.Tasks[1].Positive = "yes";
        state.Draft.Weighting.Key = "dwa";
        state.Draft.Weighting.Form["temperature"].Text = "3";
        state.Draft.Training["epochs"].Text = "12";
        var definition = state.ToDefinition();

        definition.Data.Dataset.ShouldBe("homes");
        definition.Tasks.ShouldBe([new("price", "price", TaskKind.Regression), new("sold", "sold", TaskKind.Binary) { Positive = "yes" }]);
        definition.Split.ShouldBe(new SplitDefinition { Kind = SplitKind.Column, Column = "part" });
        (definition.Weighting.Key, definition.Weighting.Options["temperature"]!.ToJsonString()).ShouldBe(("dwa", "3"));
        definition.Training.Epochs.ShouldBe(12);
        DefinitionRules.Complete(definition, new DevelopmentCatalogue()).IsSuccess.ShouldBeTrue();
    }

    [Fact]
    public void A_task_s_members_are_those_of_its_kind()
    {
        Fill();
        var task = state.Draft.Tasks[0];
        (task.Kind, task.By, task.Minimum, task.Separator) = (TaskKind.Rating, "district", "1", "|");
        state.ToDefinition().Tasks[0].ShouldBe(new TaskDefinition("price", "price", TaskKind.Rating) { By = "district", Minimum = 1 });

        task.Minimum = "one";
        state.Blocked(WizardStep.Tasks).ShouldNotBeNull();
        task.Kind = TaskKind.Multilabel;
        state.ToDefinition().Tasks[0].ShouldBe(new TaskDefinition("price", "price", TaskKind.Multilabel) { By = "district", Separator = "|" });
    }

    [Fact]
    public void A_methods_options_are_still_there_after_looking_at_another()
    {
        Fill();
        state.Draft.Encoder.Form["widths"].Text = "32";
        state.Draft.Weighting.Key = "dwa";
        state.Draft.Weighting.Form["temperature"].Text = "5";
        state.Draft.Weighting.Key = "ew";
        state.Draft.Weighting.Key = "dwa";
        state.Draft.Weighting.Form["temperature"].Text.ShouldBe("5");
    }

    [Fact]
    public void A_field_that_cannot_be_read_stands_in_the_way_of_its_step()
    {
        Fill();
        state.Draft.Training["batchSize"].Text = "many";
        state.Blocked(WizardStep.Model).ShouldBe("A field can't be read; correct it first.");
        state.Reachable.ShouldBe(WizardStep.Model);
    }

    [Fact]
    public void A_reloaded_tab_goes_on_where_it_was()
    {
        Fill();
        state.Choose("area", false);
        state.Draft.Optimizer.Key = "sgd";
        var memory = state.Save();

        var reloaded = new WizardState(new DevelopmentCatalogue());
        reloaded.Use(Homes, MadeUpTable.Profile);
        reloaded.Restore(memory);
        DefinitionJson.Write(reloaded.ToDefinition()).ShouldBe(DefinitionJson.Write(state.ToDefinition()));
    }

    [Fact]
    public void A_definition_goes_through_the_forms_unchanged()
    {
        Fill();
        var plain = state.ToDefinition();
        var definition = plain with
        {
            Tasks = [.. plain.Tasks, new TaskDefinition("again", "", TaskKind.Reconstruction), new TaskDefinition("labels", "", TaskKind.Multilabel) { Columns = ["a", "b"] }],
            Data = new DataDefinition { Tables = new Dictionary<string, TableDefinition> { ["a"] = new() { Path = "a.csv" }, ["b"] = new() { Path = "b.csv" } } },
            Inputs = new InputsDefinition { Modalities = [new ModalityDefinition("words", ModalityKind.Text, ["year", "o, no"]) { Encoder = new Choice("mlp"), Tokenizer = new Choice("words") }], Fusion = new Choice("late") },
            Transfer = new TransferDefinition { Run = "r1", Freeze = true },
            Regularizers = [new Choice("l21")],
            CrossValidation = new CrossValidationDefinition { Folds = 3, Grid = new Dictionary<string, IReadOnlyList<JsonNode?>> { ["weighting"] = ["ew", null, 1.5] } },
        };

        var made = new DefinitionDraft(new DevelopmentCatalogue(), definition).ToDefinition();

        DefinitionJson.Write(made).ShouldBe(DefinitionJson.Write(definition));
    }

    [Fact]
    public void Another_table_begins_anew()
    {
        Fill();
        state.Use(Homes with { Id = "other" }, MadeUpTable.Profile);
        state.Draft.Tasks.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("tasks[1].name", WizardStep.Tasks)]
    [InlineData("training.epochs", WizardStep.Model)]
    [InlineData("optimizer.learningRate", WizardStep.Model)]
    [InlineData("split.column", WizardStep.Split)]
    [InlineData("data", WizardStep.Data)]
    [InlineData("name", WizardStep.Review)]
    public void An_error_leads_to_the_step_of_its_field(string field, WizardStep step) => WizardState.StepOf(field).ShouldBe(step);

    [Fact]
    public void An_error_stands_beside_its_field_only()
    {
        var error = Error.Invalid("Too high.", "Lower it.", "tasks[1].loss.delta");
        FieldProblems.For(error, "tasks[1].loss.delta").ShouldBe("Too high. Lower it.");
        FieldProblems.For(error, "tasks").ShouldBe("Too high. Lower it.");
        FieldProblems.For(error, "tasks[1].name").ShouldBeNull();
    }

    [Theory]
    [InlineData("hours per week", "hours_per_week")]
    [InlineData("marital-status", "marital-status")]
    [InlineData("Größe (m²)", "Gr_e_m")]
    [InlineData("all", "task_all")]
    [InlineData("***", "task_")]
    public void A_task_is_named_after_its_column(string column, string name) => TaskDraft.NameFor(column).ShouldBe(name);

    private void Fill()
    {
        state.Use(Homes, MadeUpTable.Profile);
        state.Draft.Toggle("price", TaskKind.Regression);
        state.Draft.Toggle("sold", TaskKind.Binary);
    }
}
