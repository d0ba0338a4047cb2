using Mtl.Core.Definitions;

namespace Mtl.Learning.Probabilistic.Latent;

/// <summary>A task's labelled training rows.</summary>
/// <param name="Kind">Regression, binary or multiclass.</param>
/// <param name="Outputs">1, or the number of classes.</param>
/// <param name="Rows">Which of the problem's rows have a label.</param>
/// <param name="Labels">Their labels: standardised value, 0 or 1, or class index.</param>
internal sealed record LatentTask(TaskKind Kind, int Outputs, int[] Rows, double[] Labels)
{
    private static readonly double LogNormal = -0.5 * Math.Log(2 * Math.PI);

    /// <summary>log p(y | scores), and its gradient by the scores.</summary>
    /// <param name="scores">[outputs]; overwritten by the gradient.</param>
    /// <param name="label">y.</param>
    public double LogLikelihood(Span<double> scores, double label)
    {
        switch (Kind)
        {
            case TaskKind.Regression:
                scores[0] = label - scores[0];
                return LogNormal - (0.5 * scores[0] * scores[0]);
            case TaskKind.Binary:
                var score = scores[0];
                var decay = Math.Exp(-Math.Abs(score));
                scores[0] = label - (score >= 0 ? 1 / (1 + decay) : decay / (1 + decay));
                return (label * score) - Math.Max(score, 0) - double.LogP1(decay);
            default:
                return LogSoftmax(scores, (int)label);
        }
    }

    private static double LogSoftmax(Span<double> scores, int label)
    {
        var highest = double.NegativeInfinity;
        foreach (var score in scores)
            highest = Math.Max(highest, score);
        var (chosen, sum) = (scores[label] - highest, 0.0);
        foreach (ref var score in scores)
            sum += score = Math.Exp(score - highest);
        foreach (ref var score in scores)
            score /= -sum;
        scores[label] += 1;
        return chosen - Math.Log(sum);
    }
}
