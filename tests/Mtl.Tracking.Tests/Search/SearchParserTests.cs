using Mtl.Tracking.Search;
using static Mtl.Tracking.Search.Comparison;
using static Mtl.Tracking.Search.SearchField;

namespace Mtl.Tracking.Tests.Search;

public sealed class SearchParserTests
{
    private static readonly Dictionary<string, SearchSubject> Subjects = new()
    {
        ["runs"] = SearchSubject.Runs,
        ["experiments"] = SearchSubject.Experiments,
        ["models"] = SearchSubject.RegisteredModels,
        ["versions"] = SearchSubject.ModelVersions,
        ["logged"] = SearchSubject.LoggedModels,
    };

    public static TheoryData<string, string, Condition> Conditions => new()
    {
        { "runs", "metrics.loss < 0.5", new(Metric, "loss", Less, new ConditionValue.Number(0.5)) },
        { "runs", "metric.loss >= -1.5e-3", new(Metric, "loss", GreaterOrEqual, new ConditionValue.Number(-1.5e-3)) },
        { "runs", "metrics.`val loss`>+2", new(Metric, "val loss", Greater, new ConditionValue.Number(2)) },
        { "runs", "metrics.\"a.b c\" != .5", new(Metric, "a.b c", NotEqual, new ConditionValue.Number(0.5)) },
        { "runs", "metrics.val.loss = 1", new(Metric, "val.loss", Equal, new ConditionValue.Number(1)) },
        { "runs", "metrics.income/val_roc_auc > 0.9", new(Metric, "income/val_roc_auc", Greater, new ConditionValue.Number(0.9)) },
        { "runs", "metrics.1st <= 1.", new(Metric, "1st", LessOrEqual, new ConditionValue.Number(1)) },
        { "runs", "params.model = 'tree'", new(Parameter, "model", Equal, new ConditionValue.Text("tree")) },
        { "runs", "param.model != \"tree\"", new(Parameter, "model", NotEqual, new ConditionValue.Text("tree")) },
        { "runs", "parameters.model LIKE 'tr%'", new(Parameter, "model", Like, new ConditionValue.Text("tr%")) },
        { "runs", "parameter.model ilike 'TR%'", new(Parameter, "model", ILike, new ConditionValue.Text("TR%")) },
        { "runs", "params.lr = '0.1'", new(Parameter, "lr", Equal, new ConditionValue.Text("0.1")) },
        { "runs", "tags.`mlflow.user` = 'O''Brien'", new(Tag, "mlflow.user", Equal, new ConditionValue.Text("O'Brien")) },
        { "runs", "tags.mlflow.user = 'it is \"fine\" AND so on'", new(Tag, "mlflow.user", Equal, new ConditionValue.Text("it is \"fine\" AND so on")) },
        { "runs", "tag.x is null", new(Tag, "x", IsNull, new ConditionValue.None()) },
        { "runs", "params.x IS NOT NULL", new(Parameter, "x", IsNotNull, new ConditionValue.None()) },
        { "runs", "attributes.status = 'FINISHED'", new(SearchField.Attribute, "status", Equal, new ConditionValue.Text("Completed")) },
        { "runs", "status != 'KILLED'", new(SearchField.Attribute, "status", NotEqual, new ConditionValue.Text("Cancelled")) },
        { "runs", "attr.start_time > 1664067852747", new(SearchField.Attribute, "start_time", Greater, new ConditionValue.Number(1664067852747)) },
        { "runs", "run.`Run name` = 'a'", new(SearchField.Attribute, "run_name", Equal, new ConditionValue.Text("a")) },
        { "runs", "created < 5", new(SearchField.Attribute, "start_time", Less, new ConditionValue.Number(5)) },
        { "runs", "attributes.user_id LIKE '_o%'", new(SearchField.Attribute, "user_id", Like, new ConditionValue.Text("_o%")) },
        { "runs", "dataset.name = 'wine'", new(Dataset, "name", Equal, new ConditionValue.Text("wine")) },
        { "experiments", "name ILIKE '%ad%'", new(SearchField.Attribute, "name", ILike, new ConditionValue.Text("%ad%")) },
        { "experiments", "attribute.creation_time >= 1", new(SearchField.Attribute, "creation_time", GreaterOrEqual, new ConditionValue.Number(1)) },
        { "experiments", "tags.team = 'a'", new(Tag, "team", Equal, new ConditionValue.Text("a")) },
        { "models", "name='houses'", new(SearchField.Attribute, "name", Equal, new ConditionValue.Text("houses")) },
        { "versions", "source_path = 'x'", new(SearchField.Attribute, "source_path", Equal, new ConditionValue.Text("x")) },
        { "versions", "version_number > 2", new(SearchField.Attribute, "version_number", Greater, new ConditionValue.Number(2)) },
        { "logged", "creation_time > 2", new(SearchField.Attribute, "creation_timestamp", Greater, new ConditionValue.Number(2)) },
        { "logged", "metrics.`val acc` > 0.5", new(SearchField.Metric, "val acc", Greater, new ConditionValue.Number(0.5)) },
        { "logged", "status = 'READY'", new(SearchField.Attribute, "status", Equal, new ConditionValue.Text("LOGGED_MODEL_READY")) },
    };

    [Theory]
    [MemberData(nameof(Conditions))]
    public void A_condition_is_read_as_MLflow_reads_it(string subject, string filter, Condition condition) =>
        SearchParser.Filter(filter, Subjects[subject]).Value.ShouldBe([condition]);

    [Fact]
    public void Lists_hold_texts()
    {
        var condition = SearchParser.Filter("attributes.run_id not in ( 'a',\"b\" ) ", SearchSubject.Runs).Value.ShouldHaveSingleItem();

        (condition.Key, condition.Comparison).ShouldBe(("run_id", NotIn));
        condition.Value.ShouldBeOfType<ConditionValue.Texts>().Values.ShouldBe(["a", "b"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void An_empty_filter_has_no_conditions(string? filter) => SearchParser.Filter(filter, SearchSubject.Runs).Value.ShouldBeEmpty();

    [Fact]
    public void Conditions_are_joined_by_and_in_any_case() =>
        SearchParser.Filter("metrics.a > 1 AND params.b = 'x'\nand tags.c LIKE 'y'", SearchSubject.Runs).Value.Select(condition => condition.Key).ShouldBe(["a", "b", "c"]);

    public static TheoryData<string, string, string> Refusals => new()
    {
        { "runs", "metrics.a > 'x'", "Expected numeric value type for metric 'a'. Found ''x'' at character 13." },
        { "runs", "params.a = 5", "Expected a quoted string value for parameter 'a' (e.g. 'my-value'). Got value '5' at character 12." },
        { "runs", "start_time = 'x'", "Expected numeric value type for numeric attribute 'start_time'. Found ''x'' at character 14." },
        { "runs", "metrics.a LIKE 'x'", "Invalid comparator 'LIKE' for 'a': not one of [=, !=, >, >=, <, <=]." },
        { "runs", "params.a > 'x'", "Invalid comparator '>' for 'a': not one of [=, !=, LIKE, ILIKE, IS NULL, IS NOT NULL]." },
        { "runs", "metrics.a == 1", "Invalid comparator '==' for 'a': not one of [=, !=, >, >=, <, <=]." },
        { "runs", "run_name IN ('a')", "Only the 'run_id' attribute supports comparison with a list of quoted string values; 'run_name' does not." },
        { "runs", "run_id IN ()", "While parsing a list in the query, expected a non-empty list of string values; found ')' at character 12." },
        { "runs", "run_id IN ('a' 'b')", "While parsing a list in the query, expected ',' or ')'; found ''b'' at character 16." },
        { "runs", "run_id IN 'a'", "Expected a list of quoted string values for attribute 'run_id', such as ('a', 'b'). Got ''a'' at character 11." },
        { "runs", "nothing = 'a'", "Invalid attribute key 'nothing' specified. Valid keys are [run_id, run_name, status, user_id, artifact_uri, start_time, end_time]." },
        { "runs", "things.a = 'a'", "Invalid entity type 'things'. Valid values are ['metric', 'metrics', 'parameter', 'parameters', 'param', 'params', 'tag', 'tags', 'attribute', 'attributes', 'attr', 'run', 'dataset', 'datasets']." },
        { "experiments", "metrics.a = 1", "Invalid entity type 'metrics'. Valid values are ['tag', 'tags', 'attribute', 'attributes', 'attr', 'run']." },
        { "runs", "dataset.size = 'a'", "Invalid dataset key 'size' specified. Valid keys are [name, digest, context]." },
        { "runs", "metrics.a > 1 OR metrics.b > 1", "Invalid clause(s) in filter string: 'OR metrics.b > 1'. Conditions are joined by AND." },
        { "runs", "metrics.a > 1 AND", "Invalid filter 'metrics.a > 1 AND'. Expected a field such as metrics.loss, params.lr, tags.team or run_id; found the end." },
        { "runs", "metrics.a", "Invalid comparison clause in 'metrics.a'. Expected a comparator behind 'a'; found the end." },
        { "runs", "metrics. > 1", "Invalid filter 'metrics. > 1'. Expected a key behind 'metrics.'; found '>' at character 10." },
        { "runs", "params.a = 'x", "Invalid filter 'params.a = 'x'. The quote (') at character 12 is not closed." },
        { "runs", "params.a = 'x'; DROP TABLE runs", "Invalid filter 'params.a = 'x'; DROP TABLE runs'. Unexpected ';' at character 15." },
        { "runs", "tags.a IS", "Invalid comparison clause in 'tags.a IS'. Expected a comparator behind 'a'; found 'IS' at character 8." },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void A_wrong_filter_is_refused_in_words(string subject, string filter, string message)
    {
        var refusal = SearchParser.Filter(filter, Subjects[subject]).Error.ShouldNotBeNull();

        refusal.ToString().ShouldBe(message);
    }

    [Fact]
    public void Filters_are_bounded()
    {
        SearchParser.Filter(new string('a', SearchParser.LongestText + 1), SearchSubject.Runs).Error!.Message.ShouldBe("Invalid filter: it has 100,001 characters; at most 100,000 are allowed.");
        SearchParser.Filter(string.Join(" AND ", Enumerable.Repeat("metrics.a > 1", SearchParser.MostTerms + 1)), SearchSubject.Runs).Error!.Message
            .ShouldBe("Invalid filter: it has more than 100 conditions.");
    }

    public static TheoryData<string, string, OrderTerm> Orders => new()
    {
        { "runs", "metrics.loss", new(Metric, "loss", false) },
        { "runs", "metric.`val loss` desc", new(Metric, "val loss", true) },
        { "runs", "params.lr ASC", new(Parameter, "lr", false) },
        { "runs", "attributes.start_time DESC", new(SearchField.Attribute, "start_time", true) },
        { "runs", "start_time", new(SearchField.Attribute, "start_time", false) },
        { "runs", "attribute.experiment_id", new(SearchField.Attribute, "experiment_id", false) },
        { "experiments", "last_update_time DESC", new(SearchField.Attribute, "last_update_time", true) },
        { "models", "timestamp DESC", new(SearchField.Attribute, "last_updated_timestamp", true) },
        { "versions", "version_number", new(SearchField.Attribute, "version_number", false) },
    };

    [Theory]
    [MemberData(nameof(Orders))]
    public void An_order_is_read_as_MLflow_reads_it(string subject, string order, OrderTerm term) => SearchParser.Order([order], Subjects[subject]).Value.ShouldBe([term]);

    [Theory]
    [InlineData("", "Invalid order_by clause ''. Expected a field such as metrics.loss, params.lr, tags.team or run_id; found the end.")]
    [InlineData("metrics.a sideways", "Invalid ordering key in order_by clause 'metrics.a sideways': 'sideways' at character 11; ASC or DESC is allowed.")]
    [InlineData("metrics.a DESC, metrics.b", "Invalid order_by clause 'metrics.a DESC, metrics.b'. Could not be parsed from ',' at character 15 on.")]
    [InlineData("dataset.name", "Invalid order_by clause 'dataset.name'. Runs can't be ordered by datasets.")]
    [InlineData("nothing", "Invalid attribute key 'nothing' specified. Valid keys are [run_id, run_name, status, user_id, experiment_id, start_time, end_time].")]
    public void A_wrong_order_is_refused_in_words(string order, string message)
    {
        var refusal = SearchParser.Order([order], SearchSubject.Runs).Error.ShouldNotBeNull();

        (refusal.ToString(), refusal.Field).ShouldBe((message, "order_by"));
    }
}
