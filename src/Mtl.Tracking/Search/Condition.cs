namespace Mtl.Tracking.Search;

/// <summary>One condition of a filter; the conditions of a filter hold together (AND). A record without the key does not meet it, but for <see cref="Comparison.IsNull"/>.</summary>
/// <param name="Key">The attribute's canonical name, or the key of the metric, parameter or tag.</param>
public sealed record Condition(SearchField Field, string Key, Comparison Comparison, ConditionValue Value);

/// <summary>What a condition compares with.</summary>
public abstract record ConditionValue
{
    private ConditionValue()
    {
    }

    /// <summary>Of the comparisons with null.</summary>
    public sealed record None : ConditionValue;

    public sealed record Number(double Value) : ConditionValue;

    public sealed record Text(string Value) : ConditionValue;

    /// <summary>Of <see cref="Comparison.In"/> and <see cref="Comparison.NotIn"/>.</summary>
    public sealed record Texts(IReadOnlyList<string> Values) : ConditionValue;
}
