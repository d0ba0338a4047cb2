namespace Mtl.Learning.Classical.ElasticNet;

/// <summary>Who chooses features.</summary>
public enum FeatureSelection
{
    /// <summary>Each output by itself: ‖W‖₁.</summary>
    PerTask,

    /// <summary>All together: ‖W‖₂,₁.</summary>
    Joint,
}
