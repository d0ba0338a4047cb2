using Mtl.Learning.Tests.Oracles;
using Mtl.Learning.Unsupervised;
using Mtl.Runtime;

namespace Mtl.Learning.Tests.Unsupervised;

public class KMeansTests
{
    [Fact]
    public void From_the_same_start_it_is_scikit_learns()
    {
        var points = Clouds.Of(1000, 7, 6, spread: 2, seed: 4);
        var start = new Points([.. points.Values[..(9 * 7)]], 7);
        var expected = PythonOracle.Ask(
            "sklearn.cluster",
            """
            import numpy as np, warnings
            from sklearn.cluster import KMeans
            warnings.simplefilter('ignore')
            x, start = np.array(given['x']), np.array(given['start'])
            def fitted(n):
                model = KMeans(n_clusters=9, init=start, n_init=1, max_iter=n, tol=0, algorithm='lloyd').fit(x)
                return {'inertia': model.inertia_, 'labels': model.labels_.tolist(), 'centres': model.cluster_centers_.ravel().tolist(), 'iterations': model.n_iter_}
            answer = [fitted(n) for n in given['iterations']]
            """,
            new { x = points.ToRows(), start = start.ToRows(), iterations = (int[])[1, 5, 300] });

        foreach (var (iterations, result) in new[] { 1, 5, 300 }.Zip(expected.AsArray()))
        {
            var fit = KMeans.FitFrom(points, start, new KMeansOptions { Iterations = iterations, Tolerance = 0 }).Value;
            fit.Inertia.ShouldBe(result!["inertia"]!.GetValue<double>(), 1e-9 * fit.Inertia);
            fit.Labels.ShouldBe(result["labels"]!.AsArray().Select(label => label!.GetValue<int>()));
            foreach (var (ours, theirs) in fit.Centres.Values.ToArray().Zip(result["centres"]!.AsArray()))
                ours.ShouldBe(theirs!.GetValue<double>(), 1e-9);
            fit.Converged.ShouldBe(iterations == 300);
            if (iterations == 300)
                fit.Iterations.ShouldBe(result["iterations"]!.GetValue<int>());
        }
    }

    [Fact]
    public void Clouds_far_apart_are_found_whole()
    {
        var points = Clouds.Of(600, 3, 4, spread: 40, seed: 2);

        var fit = KMeans.Fit(points, new KMeansOptions { Clusters = 4, Seed = 7 }).Value;

        for (var row = 0; row < points.Rows; row++)
            fit.Labels[row].ShouldBe(fit.Labels[row % 4]);
        fit.Labels.Take(4).Distinct().Count().ShouldBe(4);
        fit.Converged.ShouldBeTrue();
    }

    [Fact]
    public void The_result_does_not_depend_on_the_thread_count()
    {
        var points = Clouds.Of(20_000, 5, 8, spread: 2, seed: 3);
        var options = new KMeansOptions { Clusters = 12, Iterations = 10, Seed = 5 };

        var one = KMeans.Fit(points, options with { Threads = 1 }).Value;
        var three = KMeans.Fit(points, options with { Threads = 3 }).Value;

        three.Centres.Values.ToArray().ShouldBe(one.Centres.Values.ToArray());
        three.Labels.ShouldBe(one.Labels);
    }

    [Fact]
    public void More_starts_are_never_worse()
    {
        var points = Clouds.Of(500, 4, 9, spread: 1.5, seed: 9);
        var options = new KMeansOptions { Clusters = 9, Seed = 3 };

        var single = KMeans.Fit(points, options).Value.Inertia;
        var best = KMeans.Fit(points, options with { Restarts = 10 }).Value.Inertia;

        best.ShouldBeLessThanOrEqualTo(single);
    }

    [Fact]
    public void A_cluster_without_rows_takes_the_farthest_one()
    {
        var points = new Points([0, 1, 2, 3, 100], 1);
        var start = new Points([1.4, 1.6, 5000], 1);

        var fit = KMeans.FitFrom(points, start, new KMeansOptions { Tolerance = 0 }).Value;

        fit.Centres.Values.ToArray().Order().ShouldBe([0.5, 2.5, 100]);
        fit.Inertia.ShouldBe(1, 1e-12);
    }

    [Fact]
    public void Fewer_different_rows_than_clusters_leave_clusters_empty()
    {
        var points = new Points([1, 1, 1, 2, 2], 1);

        var fit = KMeans.Fit(points, new KMeansOptions { Clusters = 4 }).Value;

        fit.Inertia.ShouldBe(0);
        fit.Centres.Values.ToArray().ShouldAllBe(centre => double.IsFinite(centre));
        fit.Converged.ShouldBeTrue();
    }

    [Fact]
    public void Points_that_cannot_be_clustered_are_refused()
    {
        KMeans.Fit(new Points([1, 2], 1), new KMeansOptions { Clusters = 3 }).Error!.ToString()
            .ShouldBe("3 clusters can't be fitted to 2 rows. Ask for at most 2 clusters, or give more rows.");
        KMeans.Fit(new Points([1, 2, double.NaN, 4], 2), new KMeansOptions { Clusters = 1 }).Error!.ToString()
            .ShouldBe("Row 2, column 1 holds NaN, which is no finite number. Leave such rows out, or fill them before.");
    }

    [Fact]
    public void The_exported_model_gives_the_same_clusters()
    {
        var points = Clouds.Of(300, 4, 3, spread: 3, seed: 6);
        var fit = KMeans.Fit(points, new KMeansOptions { Clusters = 3 }).Value;
        using var model = Executable.Load(KMeansExport.ToOnnx(fit.Centres), "k-means").Value;

        var outputs = model.Run(new Dictionary<string, Tensor> { [KMeansExport.Input] = Tensor.Of(points.Values.ToArray(), points.Rows, points.Columns) }).Value;

        outputs[KMeansExport.Cluster].Values<long>().ShouldBe(fit.Labels.Select(label => (long)label));
        var nearest = outputs[KMeansExport.Distance].Values<double>().Chunk(3).Sum(distances => distances.Min() * distances.Min());
        nearest.ShouldBe(fit.Inertia, 1e-9 * fit.Inertia);
    }
}
