using System.Globalization;
using Mtl.Core;

namespace Mtl.Tracking.Search;

/// <summary>
/// Reads MLflow's filters and orders (mlflow.org, "Search Runs"):
/// <code>
/// filter  := condition ("AND" condition)*
/// condition := field comparator value | field ["NOT"] "IN" "(" text ("," text)* ")" | field "IS" ["NOT"] "NULL"
/// field   := [entity "."] key          entity: metrics, params, tags, attributes, datasets and their other names; none is an attribute
/// order   := field ["ASC" | "DESC"]
/// </code>
/// Keys may be quoted by backticks or double quotes, texts by single or double quotes. Keywords in any case.
/// </summary>
public static class SearchParser
{
    /// <summary>Most characters of a filter, so that no request costs more than it should.</summary>
    public const int LongestText = 100_000;

    /// <summary>Most conditions of a filter and most terms of an order.</summary>
    public const int MostTerms = 100;

    /// <summary>The conditions of a filter, none for an empty one; Invalid says what is wrong and where.</summary>
    public static Result<IReadOnlyList<Condition>> Filter(string? filter, SearchSubject subject)
    {
        if (string.IsNullOrWhiteSpace(filter))
            return Result.Of<IReadOnlyList<Condition>>([]);
        if (filter.Length > LongestText)
            return Invalid($"Invalid filter: it has {filter.Length:N0} characters; at most {LongestText:N0} are allowed.", "filter");
        return SearchLexer.Cut(filter, "filter").Then(tokens => new Reader(filter, "filter", tokens, subject).Conditions());
    }

    /// <summary>The terms of an order, each text one.</summary>
    public static Result<IReadOnlyList<OrderTerm>> Order(IReadOnlyList<string> orders, SearchSubject subject)
    {
        if (orders.Count > MostTerms)
            return Invalid($"Invalid order_by: it has {orders.Count} terms; at most {MostTerms} are allowed.", "order_by");

        var terms = new List<OrderTerm>();
        foreach (var order in orders)
        {
            var term = order.Length > LongestText
                ? Invalid($"Invalid order_by clause: it has {order.Length:N0} characters; at most {LongestText:N0} are allowed.", "order_by")
                : SearchLexer.Cut(order, "order_by clause").Then(tokens => new Reader(order, "order_by clause", tokens, subject).Term());
            if (!term.IsSuccess)
                return term.Error with { Field = "order_by" };
            terms.Add(term.Value);
        }

        return terms;
    }

    private static Error Invalid(string message, string field = "filter") => Error.Invalid(message, field: field);

    /// <summary>One reading of one text. Every method leaves <see cref="at"/> behind what it has read.</summary>
    private sealed class Reader(string text, string noun, IReadOnlyList<SearchToken> tokens, SearchSubject subject)
    {
        private int at;

        private SearchToken Current => tokens[at];

        public Result<IReadOnlyList<Condition>> Conditions()
        {
            var conditions = new List<Condition>();
            do
            {
                var condition = Condition();
                if (!condition.IsSuccess)
                    return condition.Error;
                conditions.Add(condition.Value);
                if (conditions.Count > MostTerms)
                    return Invalid($"Invalid filter: it has more than {MostTerms} conditions.");
            }
            while (TakeWord("AND"));

            return Current.Kind == SearchTokenKind.End
                ? conditions
                : Invalid($"Invalid clause(s) in filter string: {Rest()}. Conditions are joined by AND.");
        }

        public Result<OrderTerm> Term()
        {
            var field = Field(forOrder: true);
            if (!field.IsSuccess)
                return field.Error;
            var isDescending = TakeWord("DESC");
            if (!isDescending)
                TakeWord("ASC");
            if (Current.Kind == SearchTokenKind.Word)
                return Invalid($"Invalid ordering key in order_by clause '{text}': {Found()}; ASC or DESC is allowed.");
            if (Current.Kind != SearchTokenKind.End)
                return Invalid($"Invalid order_by clause '{text}'. Could not be parsed from {Found()} on.");
            return field.Value.Field == SearchField.Dataset
                ? Invalid($"Invalid order_by clause '{text}'. Runs can't be ordered by datasets.")
                : new OrderTerm(field.Value.Field, field.Value.Key, isDescending);
        }

        private Result<Condition> Condition() => Field(forOrder: false).Then(field => Comparator(field).Then(comparator => Value(field, comparator)
            .Map(value => new Condition(field.Field, field.Key, SearchTable.Comparators[comparator], value))));

        private Result<Target> Field(bool forOrder)
        {
            if (!IsName(Current))
                return Invalid($"Invalid {noun} '{text}'. Expected a field such as metrics.loss, params.lr, tags.team or {subject.Attributes[0].Key}; found {Found()}.");
            var first = Take();
            if (!Current.IsSymbol("."))
                return Attribute(first.Text, forOrder);
            if (!SearchTable.Entities.TryGetValue(first.Text, out var field) || (field != SearchField.Attribute && !subject.Fields.Contains(field)))
                return Invalid($"Invalid entity type '{first.Text}'. Valid values are [{string.Join(", ", EntityNames())}].");
            at++;
            if (!IsName(Current))
                return Invalid($"Invalid {noun} '{text}'. Expected a key behind '{first.Text}.'; found {Found()}.");
            var key = Take().Text;
            return field switch
            {
                SearchField.Attribute => Attribute(key, forOrder),
                SearchField.Dataset when !SearchTable.DatasetKeys.Contains(key) =>
                    Invalid($"Invalid dataset key '{key}' specified. Valid keys are [{string.Join(", ", SearchTable.DatasetKeys)}]."),
                _ => new Target(field, key, null),
            };
        }

        private Result<Target> Attribute(string name, bool forOrder) => subject.Find(name) is { } attribute && (forOrder ? attribute.IsOrder : attribute.IsFilter)
            ? new Target(SearchField.Attribute, attribute.Key, attribute)
            : Invalid($"Invalid attribute key '{name}' specified. Valid keys are [{string.Join(", ", subject.Attributes.Where(known => forOrder ? known.IsOrder : known.IsFilter).Select(known => known.Key))}].");

        private Result<string> Comparator(Target target)
        {
            var start = at;
            var comparator = TakeWord("NOT") ? TakeWord("IN") ? "NOT IN" : null
                : TakeWord("IS") ? (TakeWord("NOT"), TakeWord("NULL")) switch { (false, true) => "IS NULL", (true, true) => "IS NOT NULL", _ => null }
                : Current.Kind is SearchTokenKind.Symbol or SearchTokenKind.Word ? Take().Text.ToUpperInvariant()
                : null;
            if (comparator is null)
            {
                at = start;
                return Invalid($"Invalid comparison clause in '{text}'. Expected a comparator behind '{target.Key}'; found {Found()}.");
            }

            var allowed = SearchTable.ComparatorsOf(target.Field, target.Attribute);
            return allowed.Contains(comparator)
                ? comparator
                : comparator is "IN" or "NOT IN" && target is { Field: SearchField.Attribute, Attribute.IsNumber: false }
                    ? Invalid($"Only the {string.Join(" and ", subject.Attributes.Where(known => known.TakesLists).Select(known => $"'{known.Key}'").DefaultIfEmpty("(none)"))} attribute supports comparison with a list of quoted string values; '{target.Key}' does not.")
                    : Invalid($"Invalid comparator '{comparator}' for '{target.Key}': not one of [{string.Join(", ", allowed)}].");
        }

        private Result<ConditionValue> Value(Target target, string comparator) => comparator switch
        {
            "IS NULL" or "IS NOT NULL" => new ConditionValue.None(),
            "IN" or "NOT IN" => List(target),
            _ when target.Field == SearchField.Metric || target.Attribute is { IsNumber: true } => Number(target),
            _ => Text(target),
        };

        private Result<ConditionValue> Number(Target target)
        {
            if (Current.Kind != SearchTokenKind.Number)
                return Invalid($"Expected numeric value type for {(target.Field == SearchField.Metric ? "metric" : "numeric attribute")} '{target.Key}'. Found {Found()}.");
            return new ConditionValue.Number(double.Parse(Take().Text, NumberStyles.Float, CultureInfo.InvariantCulture));
        }

        private Result<ConditionValue> Text(Target target)
        {
            if (!Current.IsText)
                return Invalid($"Expected a quoted string value for {Noun(target)} (e.g. 'my-value'). Got value {Found()}.");
            return new ConditionValue.Text(Stored(target, Take().Text));
        }

        private Result<ConditionValue> List(Target target)
        {
            if (!Current.IsSymbol("("))
                return Invalid($"Expected a list of quoted string values for {Noun(target)}, such as ('a', 'b'). Got {Found()}.");
            var values = new List<string>();
            do
            {
                at++;
                if (!Current.IsText)
                    return Invalid($"While parsing a list in the query, expected a non-empty list of string values; found {Found()}.");
                values.Add(Stored(target, Take().Text));
            }
            while (Current.IsSymbol(","));

            if (!Current.IsSymbol(")"))
                return Invalid($"While parsing a list in the query, expected ',' or ')'; found {Found()}.");
            at++;
            return new ConditionValue.Texts(values);
        }

        private static string Stored(Target target, string value) => target.Attribute?.Words?.GetValueOrDefault(value) ?? value;

        private static string Noun(Target target) => $"{target.Field.ToString().ToLowerInvariant()} '{target.Key}'";

        private IEnumerable<string> EntityNames() =>
            SearchTable.Entities.Where(entity => entity.Value == SearchField.Attribute || subject.Fields.Contains(entity.Value)).Select(entity => $"'{entity.Key}'");

        private static bool IsName(SearchToken token) => token.Kind is SearchTokenKind.Word or SearchTokenKind.Backticks or SearchTokenKind.DoubleQuotes;

        private SearchToken Take() => tokens[at++];

        private bool TakeWord(string word)
        {
            if (!Current.IsWord(word))
                return false;
            at++;
            return true;
        }

        private string Found() => Current.Kind == SearchTokenKind.End ? "the end" : $"'{text.Substring(Current.Position, Current.Length)}' at character {Current.Position + 1}";

        private string Rest() => $"'{text[Current.Position..]}'";
    }

    /// <summary>What a condition or an order looks at.</summary>
    private sealed record Target(SearchField Field, string Key, SearchAttribute? Attribute);
}
