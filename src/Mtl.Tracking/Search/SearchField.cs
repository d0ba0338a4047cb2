namespace Mtl.Tracking.Search;

/// <summary>What a condition or an order looks at.</summary>
public enum SearchField
{
    /// <summary>A property of the record itself (<c>status</c>, <c>start_time</c>).</summary>
    Attribute,

    /// <summary>The last value of a metric; any value in a condition on logged models.</summary>
    Metric,

    Parameter,

    Tag,

    /// <summary>A dataset that a run took in: <c>name</c>, <c>digest</c> or <c>context</c>.</summary>
    Dataset,
}
