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
        var scores = binary.Select((label, i) => MathF.Round((0.3f * label + 0.6f * random.Fork(4).Float((ulong)i)) * 50) / 50).ToArray();
        var labels = Enumerable.Range(0, Rows).Select(i => (float)random.Fork(5).Below(Classes - 1, (ulong)i)).ToArray();
        var probabilities = Enumerable.Range(0, Rows).SelectMany(row => Softmax(random.Fork(6).Fork((ulong)row), (int)labels[row])).ToArray();

        var expected = PythonOracle.Ask(
            "sklearn.metrics",
            """
            import numpy as np, warnings
            from sklearn.metrics import (r2_score, mean_squared_error, mean_absolute_error, roc_auc_score, accuracy_score,
                                         balanced_accuracy_score, f1_score, log_loss, confusion_matrix)
            warnings.simplefilter('ignore')
            keep = np.array(given['mask']) != 0
            column = lambda name: np.array(given[name])[keep]
            y, guess, binary, score, label = (column(name) for name in ('numbers', 'guesses', 'binary', 'scores', 'labels'))
            probability = np.array(given['probabilities']).reshape(len(keep), -1)[keep]
            predicted, best = score > 0.5, probability.argmax(axis=1)
            answer = {
                'Regression': {'r2': r2_score(y, guess), 'rmse': mean_squared_error(y, guess) ** 0.5, 'mae': mean_absolute_error(y, guess)},
                'Binary': {'roc_auc': roc_auc_score(binary, score), 'accuracy': accuracy_score(binary, predicted),
                           'balanced_accuracy': balanced_accuracy_score(binary, predicted), 'f1': f1_score(binary, predicted),
                           'log_loss': log_loss(binary, score, eps=2.0 ** -23)},
                'Multiclass': {'accuracy': accuracy_score(label, best), 'balanced_accuracy': balanced_accuracy_score(label, best),
                               'f1_macro': f1_score(label, best, average='macro'), 'log_loss': log_loss(label, probability, labels=range(probability.shape[1]))},
                'confusion': confusion_matrix(label, best, labels=range(probability.shape[1])).ravel().tolist(),
            }
            """,
            new { mask, numbers, guesses, binary, scores, labels, probabilities });

        Check(new Predictions(TaskKind.Regression, guesses, numbers, mask));
        Check(new Predictions(TaskKind.Binary, scores, binary, mask));
        Check(new Predictions(TaskKind.Multiclass, probabilities, labels, mask));
        ConfusionMatrix.Of(new Predictions(TaskKind.Multiclass, probabilities, labels, mask)).ToRows().SelectMany(row => row)
            .ShouldBe(expected["confusion"]!.AsArray().Select(count => count!.GetValue<long>()));

        void Check(Predictions predictions)
        {
            var values = expected[$"{predictions.Kind}"]!.AsObject();
            MetricTable.For(predictions.Kind).Select(metric => metric.Key).ShouldBe(values.Select(value => value.Key), ignoreOrder: true);
            foreach (var metric in MetricTable.For(predictions.Kind))
                metric.Of(predictions).ShouldBe(values[metric.Key]!.GetValue<double>(), Tolerance, metric.Key);
        }
    }

    private static IEnumerable<float> Softmax(CounterRandom random, int favoured)
    {
        var scores = Enumerable.Range(0, Classes).Select(label => Math.Exp(random.Normal((ulong)label) + (label == favoured ? 1 : 0))).ToArray();
        return scores.Select(score => (float)(score / scores.Sum()));
    }
}
