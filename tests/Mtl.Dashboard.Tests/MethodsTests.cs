using Mtl.Core.Catalogue;
using Mtl.Application.Definitions;
using Mtl.Dashboard.Models;
using Mtl.Dashboard.Tests.Development;

namespace Mtl.Dashboard.Tests;

public class MethodsTests
{
    private static readonly DevelopmentCatalogue Catalogue = new();

    [Theory]
    [InlineData("kendall", "uw")]
    [InlineData("softmax τ", "dwa")]
    [InlineData("LEARNINGRATE momentum", "sgd")]
    public void Every_word_is_looked_for_in_all_that_is_said_of_a_method(string query, string key) =>
        CatalogueSearch.Find(Catalogue, query, null).SelectMany(group => group).Select(method => method.Key).ShouldBe([key]);

    [Fact]
    public void A_kind_narrows_the_list() => CatalogueSearch.Find(Catalogue, "", MethodKind.Encoder).Single().Key.ShouldBe(MethodKind.Encoder);

    [Fact]
    public void Methods_make_a_row_for_each_option_and_one_without_any_a_row_of_its_own()
    {
        var rows = CatalogueSearch.OptionRows(Catalogue.Methods).ToArray();

        rows.ShouldAllBe(row => row.Count == 7);
        rows.Length.ShouldBe(Catalogue.Methods.Sum(method => Math.Max(1, method.Options.Count)));
        rows.Where(row => row[1] == "sgd").Select(row => row[3]).ShouldBe(Catalogue.Methods.Single(method => method.Key == "sgd").Options.Select(option => option.Name));
    }

    [Fact]
    public void A_metric_is_called_as_the_catalogue_calls_it()
    {
        var names = new MetricNames(Catalogue);
        names.Title("roc_auc").ShouldBe("ROC AUC");
        names.Title("log_loss").ShouldBe("Log loss");
    }

    [Theory]
    [InlineData("income/val_roc_auc", "income", "val", "roc_auc")]
    [InlineData("income/weight", "income", "", "weight")]
    [InlineData("all/train_loss", "all", "train", "loss")]
    public void Metric_keys_come_apart_and_together(string key, string task, string split, string name)
    {
        MetricKey.Parse(key).ShouldBe(new MetricKey(task, split, name));
        $"{MetricKey.Parse(key)}".ShouldBe(key);
    }

    [Fact]
    public void A_definition_reads_as_yaml()
    {
        var yaml = DefinitionYaml.Write(DevelopmentLaboratory.CensusDefinition);
        yaml.ShouldContain("name: Census income");
        yaml.ShouldContain("positive: '>50K'");
        yaml.ShouldContain("batchSize: 256");
        yaml.ShouldNotContain("minimum:", Case.Sensitive, "what has no value");
        yaml.ShouldNotContain("\"\"", Case.Sensitive, "what is empty");
        DefinitionYaml.Write(DefinitionYaml.Read(yaml, "The definition").Value).ShouldBe(yaml);
        yaml.ShouldContain("architecture: hps");
    }
}
