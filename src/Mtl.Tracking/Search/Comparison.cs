namespace Mtl.Tracking.Search;

/// <summary>How a condition compares.</summary>
public enum Comparison
{
    Equal,
    NotEqual,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,

    /// <summary>Pattern with <c>%</c> and <c>_</c>; upper and lower case differ.</summary>
    Like,

    /// <summary>As <see cref="Like"/>; upper and lower case are the same.</summary>
    ILike,

    In,
    NotIn,
    IsNull,
    IsNotNull,
}
