using System.Text.Json.Nodes;
using Mtl.Application.Definitions;
using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Dashboard.Models;
using Mtl.Learning.Catalogue;

namespace Mtl.Dashboard.Tests;

public class AdvancedDraftTests
{
    private static readonly ExperimentDefinition Houses = new("Houses", new DataDefinition { Path = "houses.csv" }, [new("price", "price", TaskKind.Regression), new("sold", "sold", TaskKind.Binary)]);

    [Theory]
    [InlineData("0.001, 0.01", "[0.001,0.01]")]
    [InlineData("64, 128", "[64,128]")]
    [InlineData("uw, dwa", "[\"uw\",\"dwa\"]")]
    [InlineData("[64], [64, 32]", "[[64],[64,32]]")]
    [InlineData("true, false", "[true,false]")]
    [InlineData("\"true\", \"1\", \"two words\"", "[\"true\",\"1\",\"two words\"]")]
    [InlineData("", "[]")]
    public void Values_of_a_grid_read_as_they_are_typed_and_are_typed_as_they_read(string text, string json)
    {
        var values = new GridRow("x", text).Read().Value;
        new JsonArray([.. values.Select(value => value?.DeepClone())]).ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }).ShouldBe(json);
        GridRow.Of("x", values).Text.Replace("[64,32]", "[64, 32]", StringComparison.Ordinal).ShouldBe(text);
    }

    [Theory]
    [InlineData("[64")]
    [InlineData("1]")]
    [InlineData("{")]
    public void Values_that_are_no_list_are_a_problem_of_their_field(string text)
    {
        var draft = new DefinitionDraft(MethodCatalogue.Standard, Houses);
        (draft.CrossValidation.IsOn, draft.IsReadable).ShouldBe((false, true));
        draft.CrossValidation.IsOn = true;
        draft.CrossValidation.Rows.Add(new GridRow("training.epochs", text));

        draft.CrossValidation.Rows[0].Problem.ShouldBe("Values are written with commas between, as in 0.001, 0.01; a list as a value in brackets, as in [64], [64, 32].");
        draft.IsReadable.ShouldBeFalse();
    }

    [Fact]
    public void A_cross_validation_of_forms_is_that_of_the_text()
    {
        var draft = new DefinitionDraft(MethodCatalogue.Standard, Houses);
        var cross = draft.CrossValidation;
        (cross.IsOn, cross.Folds.Text, cross.Score) = (true, "4", "all/r2");
        cross.Rows.Add(new GridRow("optimizer.learningRate", "0.001, 0.01"));
        cross.Rows.Add(new GridRow("weighting", "ew, uw, dwa"));
        cross.Combinations.ShouldBe(6);
        draft.Broken().ShouldBeNull();

        var made = draft.ToDefinition();
        var read = new DefinitionDraft(MethodCatalogue.Standard, DefinitionYaml.Read(DefinitionYaml.Write(made), "x").Value).CrossValidation;
        (read.IsOn, read.Folds.Text, read.Score).ShouldBe((true, "4", "all/r2"));
        read.Rows.Select(row => (row.Place, row.Text)).ShouldBe([("optimizer.learningRate", "0.001, 0.01"), ("weighting", "ew, uw, dwa")]);
        DefinitionJson.Write(read.ToDefinition()).ShouldBe(DefinitionJson.Write(made.CrossValidation));

        cross.IsOn = false;
        draft.ToDefinition().CrossValidation.ShouldBeNull();
    }

    [Theory]
    [InlineData("network")]
    [InlineData("ridge")]
    public void Every_option_that_is_offered_can_be_chosen_by_cross_validation(string learner)
    {
        var definition = Houses with
        {
            Learner = new Choice(learner),
            Weighting = new Choice("dwa"),
            Regularizers = learner == "network" ? [new Choice("l2")] : [],
            Inputs = new InputsDefinition { Modalities = [new ModalityDefinition("note", ModalityKind.Text, ["note"]) { Encoder = new Choice("transformer") }] },
        };
        var places = GridPlaces.Of(new DefinitionDraft(MethodCatalogue.Standard, definition)).SelectMany(group => group.Places).ToArray();
        places.Select(place => place.Path).ShouldContain(learner == "network" ? "inputs.modalities[0].encoder.layers" : "learner.lambda");
        places.Select(place => place.Path).ShouldBeUnique();

        foreach (var place in places)
        {
            var draft = new DefinitionDraft(MethodCatalogue.Standard, definition);
            draft.CrossValidation.IsOn = true;
            draft.CrossValidation.Rows.Add(new GridRow(place.Path, place.Value));
            draft.Broken().ShouldBeNull(place.Path);
        }
    }

    [Fact]
    public void A_grid_that_can_not_be_is_told_by_the_rules_at_its_place()
    {
        var draft = new DefinitionDraft(MethodCatalogue.Standard, Houses);
        draft.CrossValidation.IsOn = true;
        var none = draft.Broken()!;
        (none.Field, none.Message).ShouldBe(("crossValidation.grid", "crossValidation.grid is empty; it holds the values to try by option, as in optimizer.learningRate: [0.001, 0.01]."));
        draft.CrossValidation.Rows.Add(new GridRow("training.epochs", "0, 5"));
        draft.Broken()!.Message.ShouldBe("crossValidation.grid: with training.epochs = 0 the definition is wrong: training.epochs is 0; allowed is 1 to 100000.");
        WizardState.StepOf("crossValidation.grid").ShouldBe(WizardStep.Model);
    }

    [Fact]
    public void Regularizers_are_added_and_taken_away()
    {
        var draft = new DefinitionDraft(MethodCatalogue.Standard, Houses);
        draft.AddRegularizer();
        draft.AddRegularizer();
        draft.Regularizers[0].Key.ShouldNotBe(draft.Regularizers[1].Key);
        draft.Regularizers[0].Key = "l2";
        draft.Regularizers[0].Form["weight"].Text = "0.5";
        draft.Regularizers.RemoveAt(1);

        var made = draft.ToDefinition().Regularizers.ShouldHaveSingleItem();
        (made.Key, (double)made.Options["weight"]!).ShouldBe(("l2", 0.5));
        draft.Broken().ShouldBeNull();
    }

    [Fact]
    public void A_start_from_elsewhere_is_one_of_a_run_and_a_file()
    {
        var draft = new DefinitionDraft(MethodCatalogue.Standard, Houses with { Transfer = new TransferDefinition { Run = "r1", Freeze = true } });
        (draft.Transfer.Origin, draft.Transfer.Run, draft.Transfer.Freeze).ShouldBe((TransferOrigin.Run, "r1", true));

        (draft.Transfer.Origin, draft.Transfer.Model) = (TransferOrigin.Model, " /m.onnx ");
        draft.ToDefinition().Transfer.ShouldBe(new TransferDefinition { Model = "/m.onnx", Freeze = true });
        draft.Transfer.Origin = TransferOrigin.Nothing;
        draft.ToDefinition().Transfer.ShouldBeNull();
        draft.Transfer.Problem.ShouldBeNull();
        (draft.Transfer.Origin, draft.Transfer.Model) = (TransferOrigin.Model, " ");
        draft.Transfer.Problem.ShouldBe("Give the path of the model whose shared parameters are taken.");
        draft.Transfer.Origin = TransferOrigin.Run;
        draft.Transfer.Problem.ShouldBeNull();
        draft.ToDefinition().Transfer.ShouldBe(new TransferDefinition { Run = "r1", Freeze = true });
    }

    [Fact]
    public void What_a_source_needs_alike_is_taken_over_and_its_tasks_stay_no_inputs()
    {
        var source = Houses with
        {
            Architecture = new Choice("mmoe"),
            Encoder = new Choice("mlp", new Dictionary<string, JsonNode?> { ["widths"] = new JsonArray(32) }),
            Inputs = new InputsDefinition { Exclude = ["id"] },
            Weighting = new Choice("uw"),
        };
        var draft = new DefinitionDraft(MethodCatalogue.Standard, new ExperimentDefinition("Rents", new DataDefinition { Path = "rents.csv" }, [new("sold", "sold", TaskKind.Binary)]));

        var like = draft.Like(source);

        (like.Name, like.Architecture.Key, like.Encoder.Options["widths"]!.ToJsonString(), like.Weighting.Key).ShouldBe(("Rents", "mmoe", "[32]", "ew"));
        like.Inputs.Exclude.ShouldBe(["id", "price"]);
    }

    [Fact]
    public void Methods_that_do_not_go_together_are_refused_as_they_are_chosen()
    {
        var draft = new DefinitionDraft(MethodCatalogue.Standard, Houses);
        (draft.Optimizer.Key, draft.Weighting.Key) = ("lbfgs", "pcgrad");
        (draft.Broken()!.Field, WizardState.StepOf("weighting")).ShouldBe(("weighting", WizardStep.Model));
        draft.Weighting.Key = "ew";
        draft.Broken().ShouldBeNull();
    }
}
