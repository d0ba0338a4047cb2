namespace Mtl.Learning.Unsupervised;

/// <summary>What k-means found.</summary>
/// <param name="Centres">[clusters, columns].</param>
/// <param name="Labels">Each row's cluster, from 0: that of its nearest centre.</param>
/// <param name="Inertia">Σ over rows of the squared distance to the nearest centre, in the columns' units squared.</param>
/// <param name="Iterations">Iterations of the start that was kept.</param>
/// <param name="Converged">Whether they ended by the tolerance, not by their number.</param>
public sealed record KMeansFit(Points Centres, IReadOnlyList<int> Labels, double Inertia, int Iterations, bool Converged);
