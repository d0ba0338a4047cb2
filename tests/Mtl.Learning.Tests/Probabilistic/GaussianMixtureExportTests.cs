using Mtl.Learning.Probabilistic;
using Mtl.Learning.Tests.Unsupervised;
using Mtl.Learning.Unsupervised;
using Mtl.Runtime;

namespace Mtl.Learning.Tests.Probabilistic;

public class GaussianMixtureExportTests
{
    public static TheoryData<CovarianceForm, int> Cases =>
        [.. from form in Enum.GetValues<CovarianceForm>() from components in new[] { 1, 3 } select (form, components)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_exported_mixture_gives_the_same(CovarianceForm form, int components)
    {
        var points = Clouds.Of(400, 4, 3, spread: 2, seed: 12);

        Check(Fitted(points, form, components), points);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void So_does_one_with_nearly_singular_covariances(CovarianceForm form, int components)
    {
        var clouds = Clouds.Of(400, 3, 3, spread: 2, seed: 12);
        var flat = Points.Of([.. clouds.ToRows().Select((row, i) => (double[])[row[0], row[0] + row[1], 1000 + (1e-4 * row[2]), row[1], 5])]);

        Check(Fitted(flat, form, components), flat);
    }

    [Fact]
    public void A_row_beyond_every_component_has_finite_outputs()
    {
        var mixture = GaussianMixture.Of(CovarianceForm.Spherical, [0.5, 0.5], [0, 1], [1e-6, 1e-6]).Value;

        Check(mixture, new Points([1e5, -1e5, 0.5], 1));
    }

    private static GaussianMixture Fitted(Points points, CovarianceForm form, int components) =>
        ExpectationMaximization.Fit(points, new GaussianMixtureOptions { Components = components, Covariance = form, Iterations = 20 }).Value.Mixture;

    private static void Check(GaussianMixture mixture, Points points)
    {
        using var model = Executable.Load(GaussianMixtureExport.ToOnnx(mixture), "mixture").Value;
        var outputs = model.Run(new Dictionary<string, Tensor> { [GaussianMixtureExport.Input] = Tensor.Of(points.Values.ToArray(), points.Rows, points.Columns) }).Value;

        var density = outputs[GaussianMixtureExport.LogDensity].Values<double>();
        foreach (var (ours, exported) in mixture.LogDensity(points).Zip(density))
        {
            double.IsFinite(ours).ShouldBeTrue();
            exported.ShouldBe(ours, 1e-5 * Math.Max(1, Math.Abs(ours)));
        }

        outputs[GaussianMixtureExport.Responsibilities].Values<double>().ShouldBe(mixture.Responsibilities(points), 1e-5);
        outputs[GaussianMixtureExport.Responsibilities].Shape.ShouldBe([points.Rows, mixture.Components]);
        outputs[GaussianMixtureExport.Component].Values<long>().ShouldBe(mixture.Assign(points).Select(component => (long)component));
    }
}
