using Mtl.Learning.Probabilistic;
using Mtl.Learning.Tests.Oracles;
using Mtl.Learning.Tests.Unsupervised;
using Mtl.Learning.Unsupervised;

namespace Mtl.Learning.Tests.Probabilistic;

public class GaussianMixtureTests
{
    private static readonly CovarianceForm[] Forms = Enum.GetValues<CovarianceForm>();

    public static TheoryData<CovarianceForm> AllForms => [.. Forms];

    [Fact]
    public void From_the_same_start_every_form_is_scikit_learns()
    {
        var points = Clouds.Of(700, 5, 3, spread: 2, seed: 8);
        int[] iterations = [1, 4, 30];
        var starts = Forms.Select(form => Start(form, points, 3)).ToArray();
        var expected = PythonOracle.Ask(
            "sklearn.mixture",
            """
            import numpy as np, warnings
            from sklearn.mixture import GaussianMixture
            warnings.simplefilter('ignore')
            x = np.array(given['x'])
            k, d = 3, x.shape[1]
            shapes = {'full': (k, d, d), 'tied': (d, d), 'diag': (k, d), 'spherical': (k,)}
            def fitted(form, means, covariances, n):
                c = np.array(covariances).reshape(shapes[form])
                precisions = np.linalg.inv(c) if form in ('full', 'tied') else 1 / c
                model = GaussianMixture(k, covariance_type=form, tol=0, max_iter=n, reg_covar=1e-6, weights_init=np.full(k, 1 / k), means_init=np.array(means).reshape(k, d), precisions_init=precisions).fit(x)
                return {'before': model.lower_bound_, 'after': model.score(x), 'bic': model.bic(x), 'means': model.means_.ravel().tolist(), 'covariances': model.covariances_.ravel().tolist(),
                        'weights': model.weights_.tolist(), 'densities': model.score_samples(x[:50]).tolist(), 'responsibilities': model.predict_proba(x[:50]).ravel().tolist()}
            answer = [fitted(start['form'], start['means'], start['covariances'], n) for start in given['starts'] for n in given['iterations']]
            """,
            new
            {
                x = points.ToRows(),
                iterations,
                starts = starts.Select(start => new
                {
                    form = start.Form == CovarianceForm.Diagonal ? "diag" : $"{start.Form}".ToLowerInvariant(),
                    means = start.Means.ToArray(),
                    covariances = start.Covariances.ToArray(),
                }),
            });

        var few = new Points(points.Values[..(50 * 5)].ToArray(), 5);
        foreach (var ((start, n), result) in starts.SelectMany(start => iterations.Select(n => (start, n))).Zip(expected.AsArray()))
        {
            var fit = ExpectationMaximization.FitFrom(points, start, new GaussianMixtureOptions { Iterations = n, Tolerance = 0 }).Value;
            var name = $"{start.Form} after {n}";
            fit.Iterations.ShouldBe(n);
            Near(fit.Curve[^2], result!["before"]!.GetValue<double>(), 1e-9, name);
            Near(fit.LogLikelihood, result["after"]!.GetValue<double>(), 1e-9, name);
            Near(fit.Mixture.Bic(points), result["bic"]!.GetValue<double>(), 1e-9, name);
            All(fit.Mixture.Weights, "weights");
            All(fit.Mixture.Means, "means");
            All(fit.Mixture.Covariances, "covariances");
            All(fit.Mixture.LogDensity(few), "densities");
            All(fit.Mixture.Responsibilities(few), "responsibilities");

            void All(ReadOnlySpan<double> ours, string key)
            {
                var theirs = result[key]!.AsArray();
                ours.Length.ShouldBe(theirs.Count);
                for (var i = 0; i < ours.Length; i++)
                    Near(ours[i], theirs[i]!.GetValue<double>(), 1e-7, $"{name}: {key}[{i}]");
            }
        }
    }

    [Theory]
    [MemberData(nameof(AllForms))]
    public void The_likelihood_never_falls_without_regularisation(CovarianceForm form)
    {
        var points = Clouds.Of(500, 4, 4, spread: 1.5, seed: 5);

        var fit = ExpectationMaximization.Fit(points, new GaussianMixtureOptions { Components = 4, Covariance = form, Regularisation = 0, Tolerance = 0, Iterations = 60 }).Value;

        fit.Curve.Count.ShouldBe(61);
        foreach (var (before, after) in fit.Curve.Zip(fit.Curve.Skip(1)))
            after.ShouldBeGreaterThanOrEqualTo(before - 1e-12);
        fit.Curve[^1].ShouldBeGreaterThan(fit.Curve[0] + 1e-3);
    }

    [Theory]
    [MemberData(nameof(AllForms))]
    public void The_result_does_not_depend_on_the_thread_count(CovarianceForm form)
    {
        var points = Clouds.Of(20_000, 5, 3, spread: 2, seed: 5);
        var options = new GaussianMixtureOptions { Components = 3, Covariance = form, Iterations = 5, Tolerance = 0 };

        var one = ExpectationMaximization.Fit(points, options with { Threads = 1 }).Value;
        var three = ExpectationMaximization.Fit(points, options with { Threads = 3 }).Value;

        three.Curve.ShouldBe(one.Curve);
        three.Mixture.Means.ToArray().ShouldBe(one.Mixture.Means.ToArray());
        three.Mixture.Covariances.ToArray().ShouldBe(one.Mixture.Covariances.ToArray());
    }

    [Fact]
    public void The_criterion_finds_how_many_clouds_there_are()
    {
        var points = Clouds.Of(900, 2, 3, spread: 9, seed: 1);

        var choice = ExpectationMaximization.ChooseByBic(points, [1, 2, 3, 4, 5], new GaussianMixtureOptions { Restarts = 3 }).Value;

        choice.Best.Components.ShouldBe(3);
        choice.Candidates.Select(candidate => candidate.Components).ShouldBe([1, 2, 3, 4, 5]);
        var labels = choice.Best.Fit.Mixture.Assign(points);
        Enumerable.Range(0, points.Rows).Count(row => labels[row] == labels[row % 3]).ShouldBeGreaterThan(880);
    }

    [Fact]
    public void More_starts_are_never_worse()
    {
        var points = Clouds.Of(300, 3, 6, spread: 0.5, seed: 9);
        var gains = Enumerable.Range(1, 6).Select(seed =>
        {
            var options = new GaussianMixtureOptions { Components = 6, Seed = (ulong)seed, Tolerance = 1e-6, Iterations = 200 };
            return ExpectationMaximization.Fit(points, options with { Restarts = 4 }).Value.LogLikelihood - ExpectationMaximization.Fit(points, options).Value.LogLikelihood;
        }).ToArray();

        gains.ShouldAllBe(gain => gain >= 0);
        gains.Max().ShouldBeGreaterThan(1e-4);
    }

    [Theory]
    [MemberData(nameof(AllForms))]
    public void Samples_have_the_mixtures_moments(CovarianceForm form)
    {
        const int Rows = 40_000;
        var mixture = Start(form, Clouds.Of(700, 3, 2, spread: 4, seed: 8), 2);

        var (points, components) = mixture.Sample(Rows, seed: 11);

        for (var k = 0; k < 2; k++)
        {
            var rows = Enumerable.Range(0, Rows).Where(row => components[row] == k).ToArray();
            rows.Length.ShouldBeInRange((Rows / 2) - 500, (Rows / 2) + 500);
            var covariance = mixture.Covariance(k);
            for (var i = 0; i < 3; i++)
            {
                var mean = rows.Average(row => points[row][i]);
                mean.ShouldBe(mixture.Means[(k * 3) + i], 0.1);
                for (var j = 0; j < 3; j++)
                    rows.Average(row => (points[row][i] - mean) * (points[row][j] - mixture.Means[(k * 3) + j])).ShouldBe(covariance[(i * 3) + j], 0.25);
            }
        }
    }

    [Fact]
    public void A_lonely_row_keeps_its_component_from_degenerating()
    {
        var points = new Points([0, 0.1, 0.2, 0.3, 1e6], 1);

        var fit = ExpectationMaximization.Fit(points, new GaussianMixtureOptions { Components = 2, Iterations = 500, Tolerance = 0 }).Value;

        fit.Mixture.Covariances.ToArray().Min().ShouldBe(1e-6, 1e-9);
        fit.Mixture.Weights.ToArray().Order().ShouldBe([0.2, 0.8], 1e-9);
        fit.Curve.ShouldAllBe(value => double.IsFinite(value));
    }

    [Fact]
    public void What_cannot_be_fitted_is_refused()
    {
        ExpectationMaximization.Fit(new Points([1, 2], 1), new GaussianMixtureOptions()).Error!.ToString()
            .ShouldBe("3 components can't be fitted to 2 rows. Ask for at most 2 components, or give more rows.");
        ExpectationMaximization.Fit(new Points([1, 2, 3, double.PositiveInfinity], 2), new GaussianMixtureOptions { Components = 1 }).Error!.ToString()
            .ShouldBe("Row 2, column 2 holds Infinity, which is no finite number. Leave such rows out, or fill them before.");
        ExpectationMaximization.ChooseByBic(new Points([1, 2, 3], 1), [1, 4], new GaussianMixtureOptions()).Error!.Message
            .ShouldBe("4 components: 4 components can't be fitted to 3 rows.");
        GaussianMixture.Of(CovarianceForm.Full, [1], [0, 0], [1, 0, 0]).Error!.Message.ShouldBe("Full covariances of 1 components in 2 columns are 4 numbers, not 3.");
        GaussianMixture.Of(CovarianceForm.Spherical, [1.5, -0.5], [0, 1], [1, 1]).Error!.ToString().ShouldBe("The weight of component 2 is -0.5; weights are positive. Leave out components without weight.");
        GaussianMixture.Of(CovarianceForm.Spherical, [0.5, 0.25], [0, 1], [1, 1]).Error!.ToString().ShouldBe("The sum of the weights is 0.75; it must be 1. Divide the weights by their sum.");
        GaussianMixture.Of(CovarianceForm.Spherical, [double.NaN, 1], [0, 1], [1, 1]).Error!.Message.ShouldBe("The weight of component 1 is NaN; weights are positive.");

        var plane = Points.Of([.. Enumerable.Range(0, 20).Select(i => new[] { i, 2.0 * i })]);
        ExpectationMaximization.Fit(plane, new GaussianMixtureOptions { Components = 1, Regularisation = 0 }).Error!.ToString().ShouldBe(
            "The covariance of component 1 is not positive definite. "
            + "Raise the regularisation, ask for fewer components or a simpler covariance form, or leave out columns that are constant or copies of others.");
    }

    [Fact]
    public void A_mixture_keeps_its_numbers_whatever_becomes_of_arrays_given_and_got()
    {
        double[] weights = [1], means = [2, 3], covariances = [4, 1, 1, 5];
        var mixture = GaussianMixture.Of(CovarianceForm.Tied, weights, means, covariances).Value;

        (weights[0], means[0], covariances[0]) = (7, 7, 7);
        mixture.Covariance(0)[0] = 7;

        mixture.Weights.ToArray().ShouldBe([1.0]);
        mixture.Means.ToArray().ShouldBe([2.0, 3]);
        mixture.Covariances.ToArray().ShouldBe([4.0, 1, 1, 5]);
    }

    private static GaussianMixture Start(CovarianceForm form, Points points, int components)
    {
        var columns = points.Columns;
        var means = points.Values[..(components * columns)].ToArray();
        var matrix = new double[columns * columns];
        for (var i = 0; i < columns; i++)
            for (var j = 0; j < columns; j++)
                matrix[(i * columns) + j] = i == j ? 2 + i : 0.5;
        double[] covariances = form switch
        {
            CovarianceForm.Full => [.. Enumerable.Range(1, components).SelectMany(k => matrix.Select(value => value * k))],
            CovarianceForm.Tied => matrix,
            CovarianceForm.Diagonal => [.. Enumerable.Range(0, components * columns).Select(i => 1 + (0.1 * i))],
            _ => [.. Enumerable.Range(0, components).Select(i => 1 + (0.5 * i))],
        };
        return GaussianMixture.Of(form, [.. Enumerable.Repeat(1.0 / components, components)], means, covariances).Value;
    }

    private static void Near(double ours, double theirs, double tolerance, string what) =>
        Math.Abs(ours - theirs).ShouldBeLessThanOrEqualTo(tolerance * Math.Max(1, Math.Abs(theirs)), $"{what}: {ours} and {theirs}");
}
