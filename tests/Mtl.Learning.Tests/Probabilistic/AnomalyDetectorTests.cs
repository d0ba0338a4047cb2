using Mtl.Core.Definitions;
using Mtl.Learning.Metrics;
using Mtl.Learning.Probabilistic;
using Mtl.Learning.Tests.Unsupervised;
using Mtl.Learning.Unsupervised;

namespace Mtl.Learning.Tests.Probabilistic;

public class AnomalyDetectorTests
{
    [Fact]
    public void Planted_anomalies_score_above_the_rest()
    {
        var normal = Clouds.Of(1000, 3, 3, spread: 6, seed: 21);
        var planted = new Points([.. Enumerable.Range(0, 90).Select(i => 30.0 + (i * 7 % 11))], 3);
        var mixture = ExpectationMaximization.Fit(normal, new GaussianMixtureOptions { Components = 3 }).Value.Mixture;

        var detector = AnomalyDetector.Of(mixture, normal, 0.99);

        detector.Flags(normal).Count(flag => flag).ShouldBe(10);
        detector.Flags(planted).ShouldAllBe(flag => flag);
        float[] scores = [.. detector.Scores(normal).Concat(detector.Scores(planted)).Select(score => (float)score)];
        float[] truth = [.. Enumerable.Repeat(0f, 1000), .. Enumerable.Repeat(1f, 30)];
        MetricTable.For(TaskKind.Binary).Single(metric => metric.Key == "roc_auc").Of(new Predictions(TaskKind.Binary, scores, truth, [])).ShouldBe(1);
    }

    [Fact]
    public void The_threshold_lies_between_neighbours()
    {
        var mixture = GaussianMixture.Of(CovarianceForm.Spherical, [1], [0], [1]).Value;
        var reference = new Points([1, 0, 2], 1);
        var scores = new AnomalyDetector(mixture, 0).Scores(new Points([0, 1, 2], 1));

        scores[0].ShouldBe(0.5 * Math.Log(2 * Math.PI), 1e-12);
        AnomalyDetector.Of(mixture, reference, 0).Threshold.ShouldBe(scores[0]);
        AnomalyDetector.Of(mixture, reference, 0.75).Threshold.ShouldBe((scores[1] + scores[2]) / 2, 1e-12);
        AnomalyDetector.Of(mixture, reference, 1).Flags(reference).ShouldBe([false, false, false]);
    }
}
