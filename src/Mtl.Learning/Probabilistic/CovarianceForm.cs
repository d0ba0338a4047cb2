namespace Mtl.Learning.Probabilistic;

/// <summary>What a mixture's covariances may be.</summary>
public enum CovarianceForm
{
    /// <summary>Each component has a covariance matrix of its own: [components, columns, columns].</summary>
    Full,

    /// <summary>All components share one covariance matrix: [columns, columns].</summary>
    Tied,

    /// <summary>Each component has a variance per column: [components, columns].</summary>
    Diagonal,

    /// <summary>Each component has one variance: [components].</summary>
    Spherical,
}
