namespace Mtl.Tracking.Search;

/// <summary>Which records a search sees.</summary>
public enum RecordView
{
    Active,
    Deleted,
    All,
}
