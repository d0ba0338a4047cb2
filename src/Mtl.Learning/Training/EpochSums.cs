using Mtl.Learning.State;

namespace Mtl.Learning.Training;

/// <summary>What an epoch adds up over its steps: losses (weighted by labelled rows) and the tasks' weights.</summary>
internal sealed class EpochSums : IStateful
{
    private readonly double[] losses;
    private readonly double[] labelled;
    private readonly double[] weights;
    private readonly long[] steps = [0];

    public EpochSums(int tasks)
    {
        (losses, labelled, weights) = (new double[tasks], new double[tasks], new double[tasks]);
        State =
        [
            NamedTensor.Of("losses", losses),
            NamedTensor.Of("labelled", labelled),
            NamedTensor.Of("weights", weights),
            NamedTensor.Of("steps", steps),
        ];
    }

    public IReadOnlyList<NamedTensor> State { get; }

    public void Add(ReadOnlySpan<float> stepLosses, ReadOnlySpan<int> stepLabelled, ReadOnlySpan<float> stepWeights)
    {
        for (var task = 0; task < losses.Length; task++)
        {
            losses[task] += (double)stepLosses[task] * stepLabelled[task];
            labelled[task] += stepLabelled[task];
            weights[task] += stepWeights[task];
        }

        steps[0]++;
    }

    /// <summary>The mean loss over labelled rows by task; 0 where there were none.</summary>
    public double[] MeanLosses() => [.. losses.Zip(labelled, (loss, count) => count == 0 ? 0 : loss / count)];

    /// <summary>The mean weight over steps by task.</summary>
    public double[] MeanWeights() => [.. weights.Select(weight => weight / Math.Max(1, steps[0]))];

    public bool[] Present() => [.. labelled.Select(count => count > 0)];

    public void Clear()
    {
        Array.Clear(losses);
        Array.Clear(labelled);
        Array.Clear(weights);
        steps[0] = 0;
    }
}
