using System.Diagnostics;
using Mtl.Learning.Catalogue;
using Mtl.Learning.Optimizers;
using Mtl.Learning.Training;

namespace Mtl.Benchmarks.Train;

/// <summary>Steps with each task's gradients that nothing combines: feeding, passes and Adam. What a balancer's step takes more is the balancer's own cost.</summary>
internal sealed class TaskSteps : ISteps
{
    private readonly TrainingStep step;
    private readonly BatchOrder order;
    private readonly Adam adam;
    private readonly float[] weights = new float[StepCase.Tasks];
    private long number;

    public TaskSteps(StepCase @case)
    {
        var plan = TrainingPlan.Create(ProductSteps.Definition(@case), ProductSteps.Table(), MethodCatalogue.Standard).Value;
        step = new TrainingStep(plan, @case.Threads, perTask: true);
        step.Model.Initialize(step.Parameters.All, 1);
        order = new BatchOrder(plan.TrainRows, @case.Batch, 1);
        adam = new(new AdamOptions(), step.Parameters.All.Length);
    }

    public double[] Burst(int steps)
    {
        var seconds = new double[steps];
        foreach (ref var taken in seconds.AsSpan())
        {
            var start = Stopwatch.GetTimestamp();
            number++;
            step.Run(order.Rows(number), number, weights);
            adam.Step(step.Parameters.All, step.Gradients.All, adam.LearningRate);
            taken = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        return seconds;
    }

    public void Dispose() => step.Dispose();
}
