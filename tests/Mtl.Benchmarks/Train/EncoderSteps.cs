using System.Diagnostics;
using Mtl.Learning.Training;

namespace Mtl.Benchmarks.Train;

/// <summary>An encoder's forward and backward passes on the platform: batch drawn and gathered, loss and all gradients, no optimiser.</summary>
internal sealed class EncoderSteps : ISteps
{
    private readonly TrainingStep step;
    private readonly BatchOrder order;
    private long number;

    public EncoderSteps(TrainingPlan plan)
    {
        step = new TrainingStep(plan, threads: 1, perTask: false);
        step.Model.Initialize(step.Parameters.All, 1);
        order = new BatchOrder(plan.TrainRows, EncoderCase.Batch, 1);
    }

    public double[] Burst(int steps)
    {
        var seconds = new double[steps];
        foreach (ref var taken in seconds.AsSpan())
        {
            var start = Stopwatch.GetTimestamp();
            number++;
            step.Run(order.Rows(number), number, [1]);
            taken = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        return seconds;
    }

    public void Dispose() => step.Dispose();
}
