using Mtl.Core.Catalogue;
using Mtl.Core.Definitions;
using Mtl.Learning.Catalogue;

namespace Mtl.Learning.Classical.Features;

/// <summary>The spaces that classical learners can work in, a row each; null for the features as they are.</summary>
public static class FeatureSpaceTable
{
    public static MethodTable<MakeFeatureSpace?> Methods { get; } = new(MethodKind.FeatureSpace)
    {
        {
            Learners.PlainFeatures, "Features as they are",
            "The preprocessed columns.",
            "z = x",
            "–",
            (NoOptions _) => null
        },
        {
            "pca", "Principal components",
            "The directions of most variance, for all tasks; for many correlated features.",
            "z = (x − μ)·V,   V the first eigenvectors of the training rows' covariance",
            "Pearson, On Lines and Planes of Closest Fit, 1901; seed document S1, section 3.1",
            (PrincipalComponentOptions options) => data => PrincipalComponents.Fit(options, data)
        },
        {
            "lda", "Linear discriminants",
            "The directions that tell the classes of one or all classification tasks apart, for all tasks.",
            "z = (x − μ)·V,   V the first eigenvectors of S_w⁻¹·S_b",
            "Fisher, The Use of Multiple Measurements in Taxonomic Problems, 1936; seed document S1, section 3.1",
            (DiscriminantOptions options) => data => LinearDiscriminants.Fit(options, data)
        },
        {
            "rbf", "Radial functions",
            "Every task is a combination of the same radial functions around drawn training rows; makes linear methods nonlinear, and with Nyström's root approximates their kernel form.",
            "z = k(x, C)·k(C, C)^(−½),   k(x, c) = exp(−γ‖x − c‖²)",
            "Williams and Seeger, Using the Nyström Method to Speed Up Kernel Machines, NIPS 2000; seed document S1, section 3.1",
            (RadialOptions options) => data => RadialFeatures.Fit(options, data)
        },
    };
}
