using Mtl.Core;

namespace Mtl.Learning.Classical.Features;

/// <summary>
/// Principal components of the training rows' features, z = (x − μ)·V: the fewest whose variance together is the wanted share, and no more than the given number. V are eigenvectors of the covariance, the
/// largest eigenvalues first. Source: Pearson, "On Lines and Planes of Closest Fit to Systems of Points in Space", 1901; before the tasks in seed document S1, section 3.1.
/// </summary>
internal static class PrincipalComponents
{
    public static Result<FeatureSpace> Fit(PrincipalComponentOptions options, LearnerData data)
    {
        var moments = Moments.Of(data.Features, data.FeatureCount, data.TrainRows);
        var eigen = Moments.Eigen(moments.Scatter, data.FeatureCount);
        var total = eigen.Sum(pair => Math.Max(pair.Value, 0));
        if (!(total > 0))
            return Error.Invalid("The training rows' features do not vary, so they have no principal components.", "Include other columns.", "featureSpace");
        var (kept, sum) = (0, 0.0);
        while (kept < eigen.Length && sum < (options.Variance - 1e-12) * total && (options.Components == 0 || kept < options.Components))
            sum += eigen[kept++].Value;
        return new Projection(moments.Means, [.. eigen.Take(kept).Select(pair => pair.Vector)]);
    }
}
