using Mtl.Core.Signatures;
using Mtl.Dashboard.Models;
using Mtl.Dashboard.Tests.Development;

namespace Mtl.Dashboard.Tests;

public class PredictionFormTests
{
    private readonly PredictionForm form = new(DevelopmentModels.Signature);

    [Fact]
    public void The_form_begins_with_means_and_the_most_frequent_categories()
    {
        form.Row["age"].ShouldBe("39");
        form.Row["workclass"].ShouldBe("Private");
        form.Row["capital-gain"].ShouldBe("1078");
    }

    [Fact]
    public void An_empty_field_is_a_missing_value()
    {
        form.Fields[0].Text = " ";
        form.Row["age"].ShouldBeNull();
        form.IsValid.ShouldBeTrue();
    }

    [Fact]
    public void Text_where_a_number_belongs_is_refused()
    {
        form.Fields[0].Text = "old";
        form.Fields[0].Problem.ShouldBe("'old' is not a number; leave it empty for a missing value.");
        form.IsValid.ShouldBeFalse();
    }

    [Fact]
    public void A_number_outside_training_is_marked_and_allowed()
    {
        form.Fields[0].Text = "130";
        (form.Fields[0].IsOutside, form.IsValid).ShouldBe((true, true));
        form.Fields[0].Hint.ShouldBe("17 to 90 in training");
    }

    [Fact]
    public void Long_category_lists_are_not_drop_downs()
    {
        form.Fields.Single(field => field.Input.Name == "workclass").IsDropDown.ShouldBeTrue();
        form.Fields.Single(field => field.Input.Name == "city").IsDropDown.ShouldBeFalse();
    }

    [Fact]
    public void The_snippets_hold_the_row_as_the_form_has_it()
    {
        var small = new PredictionForm(new([new("age", InputKind.Numeric) { Mean = 38.5 }, new("who's", InputKind.Categorical) { Categories = ["it's"] }], []));
        InferenceSnippets.Curl("http://host/v2/models/m/versions/1/infer", small).ShouldBe(
            """
            curl -s http://host/v2/models/m/versions/1/infer \
              -H 'Content-Type: application/json' \
              -d '{
              "inputs": [
                {"name":"age","shape":[1,1],"datatype":"FP32","data":[38.5]},
                {"name":"who'\''s","shape":[1,1],"datatype":"BYTES","data":["it'\''s"]}
              ]
            }'
            """.ReplaceLineEndings("\n"));
        InferenceSnippets.Python("http://host/v2", small).ShouldContain("    \"age\": (\"FP32\", 38.5),\n    \"who's\": (\"BYTES\", \"it's\"),\n");
    }
}
