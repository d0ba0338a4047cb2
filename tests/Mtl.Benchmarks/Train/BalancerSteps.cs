using Mtl.Core.Catalogue;
using Mtl.Learning.Catalogue;
using Mtl.Learning.Optimizers;
using Mtl.Learning.Training;
using Mtl.Learning.Weightings;

namespace Mtl.Benchmarks.Train;

/// <summary>Steps of the case with a gradient balancer, its combination timed apart from the passes and Adam, in processor time of the thread.</summary>
internal sealed class BalancerSteps : IDisposable
{
    private readonly TrainingStep step;
    private readonly BatchOrder order;
    private readonly Adam adam;
    private readonly GradientBalancer balancer;
    private readonly float[] weights = new float[StepCase.Tasks];
    private long number;

    private BalancerSteps(TrainingPlan plan, GradientBalancer balancer)
    {
        this.balancer = balancer;
        step = new TrainingStep(plan, threads: 1, perTask: true);
        step.Model.Initialize(step.Parameters.All, 1);
        balancer.Allocate(step.TaskGradients.Length);
        order = new BatchOrder(plan.TrainRows, plan.Definition.Training.BatchSize, 1);
        adam = new(new AdamOptions(), step.Parameters.All.Length);
    }

    /// <summary>Null for a weighting that combines no gradients, and for a balancer that computes further ones itself.</summary>
    public static BalancerSteps? Of(StepCase @case, string key)
    {
        var definition = ProductSteps.Definition(@case) with { Weighting = new Choice(key) };
        var plan = TrainingPlan.Create(definition, ProductSteps.Table(), MethodCatalogue.Standard).Value;
        return plan.MakeWeighting() is GradientBalancer { Probes: false } balancer ? new BalancerSteps(plan, balancer) : null;
    }

    /// <summary>Mean seconds of whole steps, and of the combination within them.</summary>
    public (double Step, double Combination) Burst(int steps)
    {
        var (combination, start) = (0.0, ThreadClock.Seconds);
        for (var i = 0; i < steps; i++)
        {
            number++;
            step.Run(order.Rows(number), number, weights);
            var before = ThreadClock.Seconds;
            step.Combine(balancer, number, 1);
            combination += ThreadClock.Seconds - before;
            adam.Step(step.Parameters.All, step.Gradients.All, adam.LearningRate);
        }

        return ((ThreadClock.Seconds - start) / steps, combination / steps);
    }

    public void Dispose() => step.Dispose();
}
