using Mtl.Core;
using Mtl.Core.Random;
using Mtl.Learning.Unsupervised;

namespace Mtl.Learning.Probabilistic;

/// <summary>
/// Fits Gaussian mixtures by expectation maximisation: r_nk = π_k N(x_n | μ_k, Σ_k)/Σ_j π_j N(x_n | μ_j, Σ_j), then <see cref="MaximizationStep"/>, until the mean log-likelihood changes by less than the tolerance.
/// It ends in a local maximum, hence the restarts, each from k-means with a k-means++ start. Sums do not depend on the thread count. Sources: Dempster, Laird and Rubin, 1977; S0.
/// </summary>
public static class ExpectationMaximization
{
    /// <summary>Fits from k-means starts and keeps the likeliest. Points that are no finite numbers, and fewer rows than components, are refused.</summary>
    public static Result<MixtureFit> Fit(Points points, GaussianMixtureOptions options)
    {
        if (points.Unfit(options.Components, "components") is { } error)
            return error;
        var blocks = PointBlocks.Of(points, Threads(options));
        var random = new CounterRandom(options.Seed, "mixture start");
        var fits = Enumerable.Range(0, options.Restarts)
            .Select(start => StartFrom(blocks, options, random.Fork((ulong)start)).Then(mixture => Improve(blocks, mixture, options)))
            .ToList();
        return fits.Where(fit => fit.IsSuccess).DefaultIfEmpty(fits[0]).MaxBy(fit => fit.IsSuccess ? fit.Value.LogLikelihood : double.NegativeInfinity);
    }

    /// <summary>Fits from a given mixture, whose components and covariance form count instead of the options'.</summary>
    public static Result<MixtureFit> FitFrom(Points points, GaussianMixture start, GaussianMixtureOptions options)
    {
        if (points.Unfit(1, "components") is { } error)
            return error;
        if (points.Columns != start.Columns)
            return Error.Invalid($"The start has {start.Columns} columns, the points {points.Columns}.", "Give a mixture over the points' columns.");
        var blocks = PointBlocks.Of(points, Threads(options));
        return Improve(blocks, start.Moved(Negative(blocks.Centre)), options);
    }

    /// <summary>Fits a mixture for each number of components and keeps the one with the least <see cref="GaussianMixture.Bic"/>; a number that can't be fitted is refused with its reason.</summary>
    public static Result<MixtureChoice> ChooseByBic(Points points, IReadOnlyList<int> components, GaussianMixtureOptions options)
    {
        List<MixtureCandidate> candidates = [];
        foreach (var count in components)
        {
            var fit = Fit(points, options with { Components = count });
            if (!fit.IsSuccess)
                return fit.Error with { Message = $"{count} components: {fit.Error.Message}" };
            candidates.Add(new MixtureCandidate(count, fit.Value, fit.Value.Mixture.Bic(points)));
        }

        return new MixtureChoice(candidates);
    }

    private static Result<GaussianMixture> StartFrom(PointBlocks blocks, GaussianMixtureOptions options, CounterRandom random)
    {
        var clusters = KMeans.Fit(blocks.Points, new KMeansOptions { Clusters = options.Components, Threads = options.Threads }, random);
        if (!clusters.IsSuccess)
            return clusters.Error;
        var centres = clusters.Value.Centres.Values.ToArray();
        for (var i = 0; i < centres.Length; i++)
            centres[i] -= blocks.Centre[i % blocks.Columns];
        var around = GaussianMixture.Around(options.Covariance, new Points(centres, blocks.Columns));
        var moments = new MixtureSweep(blocks, around, Threads(options)).Count(clusters.Value.Labels);
        return StepOf(blocks, options.Covariance, options).Maximize(moments, around.Means);
    }

    private static Result<MixtureFit> Improve(PointBlocks blocks, GaussianMixture start, GaussianMixtureOptions options)
    {
        var step = StepOf(blocks, start.Form, options);
        var mixture = start;
        List<double> curve = [];
        while (true)
        {
            var moments = new MixtureSweep(blocks, mixture, Threads(options)).Expect();
            curve.Add(moments.LogLikelihood / blocks.Points.Rows);
            var converged = curve.Count > 1 && Math.Abs(curve[^1] - curve[^2]) < options.Tolerance;
            if (converged || curve.Count > options.Iterations)
                return new MixtureFit(mixture.Moved(blocks.Centre), curve, converged);
            var next = step.Maximize(moments, mixture.Means);
            if (!next.IsSuccess)
                return next.Error with { Message = $"Iteration {curve.Count} with regularisation {options.Regularisation} failed: {next.Error.Message}" };
            mixture = next.Value;
        }
    }

    private static MaximizationStep StepOf(PointBlocks blocks, CovarianceForm form, GaussianMixtureOptions options) =>
        new(form, options.Regularisation, form == CovarianceForm.Tied ? Scatter(blocks, Threads(options)) : []);

    /// <summary>Σ x·xᵀ about the blocks' centre, [columns, columns].</summary>
    private static double[] Scatter(PointBlocks blocks, int threads)
    {
        var columns = blocks.Columns;
        var standard = GaussianMixture.Around(CovarianceForm.Full, new Points(new double[columns], columns));
        var moments = new MixtureSweep(blocks, standard, threads).Expect();
        var second = moments.Second(0);
        var scatter = new double[columns * columns];
        for (var i = 0; i < columns; i++)
            for (var j = 0; j <= i; j++)
                scatter[(i * columns) + j] = scatter[(j * columns) + i] = second[(i * moments.Stride) + j];
        return scatter;
    }

    private static double[] Negative(double[] values) => [.. values.Select(value => -value)];

    private static int Threads(GaussianMixtureOptions options) => options.Threads == 0 ? Environment.ProcessorCount : options.Threads;
}
