using Mtl.Core.Definitions;
using Mtl.Core.Random;
using Mtl.Learning.Metrics;
using Mtl.Learning.Tests.Oracles;

namespace Mtl.Learning.Tests.Metrics;

/// <summary>Every metric on random predictions with ties and missing labels, against scikit-learn.</summary>
public class ScikitLearnMetricTests
{
    private const int Rows = 2000;
    private const int Classes = 5;
    private const double Tolerance = 1e-6;

    [Fact]
    public void Metrics_are_those_of_scikit_learn()
    {
        var random = new CounterRandom(3, "metrics");
        var mask = Enumerable.Range(0, Rows).Select(i => random.Fork(0).Below(10, (ulong)i) == 0 ? 0f : 1f).ToArray();
        var numbers = Enumerable.Range(0, Rows).Select(i => (float)(50 + 10 * random.Fork(1).Normal((ulong)i))).ToArray();
        var guesses = numbers.Select((number, i) => (float)(number + 5 * random.Fork(2).Normal((ulong)i))).ToArray();
        var binary = Enumerable.Range(0, Rows).Select(i => (float)random.Fork(3).Below(2, (ulong)i)).ToArray();
        var scores = binary.Select((label, i) => MathF.Round((0.3f * label + 0.6f * random.Fork(4).Float((ulong)i)) * 49) / 49).ToArray();
        var labels = Enumerable.Range(0, Rows).Select(i => (float)random.Fork(5).Below(Classes - 1, (ulong)i)).ToArray();
        var probabilities = Enumerable.Range(0, Rows).SelectMany(row => Softmax(random.Fork(6).Fork((ulong)row), (int)labels[row])).ToArray();

        var truths = Enumerable.Range(0, Rows * Classes).Select(i => (float)(random.Fork(7).Below(3, (ulong)i) == 0 ? 1 : 0)).ToArray();
        var chances = truths.Select((truth, i) => (0.4f * truth) + (0.6f * random.Fork(8).Float((ulong)i))).ToArray();
        var ratings = Enumerable.Range(0, Rows).Select(i => 1f + random.Fork(9).Below(5, (ulong)i)).ToArray();
        var rated = ratings.Select((rating, i) => Math.Clamp((float)(rating + random.Fork(10).Normal((ulong)i)), 1, 5)).ToArray();
        double[] levels = [0.1, 0.5, 0.9];
        float[] quantiles = [.. guesses.SelectMany((guess, i) => new[] { guess, guess - 6 - random.Fork(11).Float((ulong)i), guess, guess + 6 })];
        float[] deviations = [.. guesses.SelectMany((guess, i) => new[] { guess, 3 + (4 * random.Fork(12).Float((ulong)i)) })];

        var expected = PythonOracle.Ask(
            "sklearn.metrics",
            """
            import numpy as np, warnings
            from sklearn.metrics import (r2_score, mean_squared_error, mean_absolute_error, roc_auc_score, accuracy_score,
                                         balanced_accuracy_score, f1_score, log_loss, confusion_matrix, average_precision_score, brier_score_loss, mean_pinball_loss)
            warnings.simplefilter('ignore')
            keep = np.array(given['mask']) != 0
            column = lambda name: np.array(given[name])[keep]
            y, guess, binary, score, label = (column(name) for name in ('numbers', 'guesses', 'binary', 'scores', 'labels'))
            probability = np.array(given['probabilities']).reshape(len(keep), -1)[keep]
            predicted, best = score > 0.5, probability.argmax(axis=1)
            several, chance = (np.array(given[name]).reshape(len(keep), -1)[keep] for name in ('truths', 'chances'))
            rating, rated = column('ratings'), column('rated')
            quantile = np.array(given['quantiles']).reshape(len(keep), -1)[keep]
            mean, deviation = np.array(given['deviations']).reshape(len(keep), -1)[keep].T
            def ece(confidence, right):
                bins = np.clip(np.ceil(confidence * 15).astype(int) - 1, 0, 14)
                return sum((bins == b).mean() * abs(right[bins == b].mean() - confidence[bins == b].mean()) for b in set(bins))
            answer = {
                'Quantiles': {'pinball': np.mean([mean_pinball_loss(y, quantile[:, i + 1], alpha=level) for i, level in enumerate(given['levels'])]),
                              'coverage': np.mean((y >= quantile[:, 1]) & (y <= quantile[:, 3]))},
                'Gaussian': {'nll': np.mean(0.5 * (2 * np.log(deviation) + ((y - mean) / deviation) ** 2 + np.log(2 * np.pi)))},
                'Rating': {'r2': r2_score(rating, rated), 'rmse': mean_squared_error(rating, rated) ** 0.5, 'mae': mean_absolute_error(rating, rated),
                           'accuracy': accuracy_score(rating, np.floor(rated + 0.5))},
                'Reconstruction': {'rmse': mean_squared_error(several, chance) ** 0.5, 'mae': mean_absolute_error(several, chance),
                                   'r2': r2_score(several, chance, multioutput='variance_weighted')},
                'Multilabel': {'accuracy': accuracy_score(several, chance > 0.5), 'f1_micro': f1_score(several, chance > 0.5, average='micro'),
                               'f1_macro': f1_score(several, chance > 0.5, average='macro'), 'log_loss': log_loss(several.ravel(), chance.ravel(), eps=2.0 ** -23)},
                'Regression': {'r2': r2_score(y, guess), 'rmse': mean_squared_error(y, guess) ** 0.5, 'mae': mean_absolute_error(y, guess)},
                'Binary': {'roc_auc': roc_auc_score(binary, score), 'accuracy': accuracy_score(binary, predicted),
                           'balanced_accuracy': balanced_accuracy_score(binary, predicted), 'f1': f1_score(binary, predicted),
                           'log_loss': log_loss(binary, score, eps=2.0 ** -23), 'pr_auc': average_precision_score(binary, score), 'brier': brier_score_loss(binary, score),
                           'ece': ece(np.where(predicted, score, 1 - score), predicted == binary)},
                'Multiclass': {'accuracy': accuracy_score(label, best), 'balanced_accuracy': balanced_accuracy_score(label, best),
                               'f1_macro': f1_score(label, best, average='macro'), 'log_loss': log_loss(label, probability, labels=range(probability.shape[1])),
                               'brier': np.mean(((probability - np.eye(probability.shape[1])[label.astype(int)]) ** 2).sum(axis=1)), 'ece': ece(probability.max(axis=1), best == label)},
                'confusion': confusion_matrix(label, best, labels=range(probability.shape[1])).ravel().tolist(),
            }
            """,
            new { mask, numbers, guesses, binary, scores, labels, probabilities, truths, chances, ratings, rated, levels, quantiles, deviations });

        Check(new Predictions(TaskKind.Regression, guesses, numbers, mask));
        Check(new Predictions(TaskKind.Binary, scores, binary, mask));
        Check(new Predictions(TaskKind.Multiclass, probabilities, labels, mask));
        Check(new Predictions(TaskKind.Multilabel, chances, truths, mask, Classes));
        Check(new Predictions(TaskKind.Rating, rated, ratings, mask));
        Check(new Predictions(TaskKind.Reconstruction, chances, truths, mask, Classes));
        CheckSome("Quantiles", new Predictions(TaskKind.Regression, quantiles, numbers, mask) { Levels = levels });
        CheckSome("Gaussian", new Predictions(TaskKind.Regression, deviations, numbers, mask) { HasDeviation = true });
        ConfusionMatrix.Of(new Predictions(TaskKind.Multiclass, probabilities, labels, mask)).ToRows().SelectMany(row => row)
            .ShouldBe(expected["confusion"]!.AsArray().Select(count => count!.GetValue<long>()));

        void Check(Predictions predictions)
        {
            var values = expected[$"{predictions.Kind}"]!.AsObject();
            MetricTable.For(predictions.Kind).Select(metric => metric.Key).Except(["pinball", "coverage", "nll"]).ShouldBe(values.Select(value => value.Key), ignoreOrder: true);
            CheckSome($"{predictions.Kind}", predictions);
        }

        void CheckSome(string name, Predictions predictions)
        {
            foreach (var (key, value) in expected[name]!.AsObject())
                MetricTable.For(predictions.Kind).Single(metric => metric.Key == key).Of(predictions).ShouldBe(value!.GetValue<double>(), Tolerance, $"{name} {key}");
        }
    }

    private static IEnumerable<float> Softmax(CounterRandom random, int favoured)
    {
        var scores = Enumerable.Range(0, Classes).Select(label => Math.Exp(random.Normal((ulong)label) + (label == favoured ? 1 : 0))).ToArray();
        return scores.Select(score => (float)(score / scores.Sum()));
    }
}
