using System.Collections.Immutable;
using System.Numerics.Tensors;
using Mtl.Core.Definitions;
using Mtl.Learning.Architectures;
using Mtl.Learning.Weightings;
using Mtl.Runtime;

namespace Mtl.Learning.Training;

/// <summary>
/// One forward and backward pass over a batch, bound to flat buffers once. Joint: the gradient of Σ λₜLₜ and the model's penalty for all parameters. Per task (for gradient balancers): each Lₜ's gradient of the shared parameters, or
/// of the representation where the definition says so, as a row of <see cref="TaskGradients"/>, and of the task's own parameters in <see cref="Gradients"/>. A run allocates no managed memory.
/// </summary>
internal sealed class TrainingStep : IDisposable
{
    private readonly StepInputs inputs;
    private readonly FlatBuffer scalars;
    private readonly IGradientPass pass;
    private readonly TensorSlot[] lossSlots;
    private readonly float[] losses;
    private readonly bool[] present;
    private readonly float[] lossesNow;
    private TaskPass? analysis;
    private (StepInputs.Pass Pass, FlatBuffer Losses)? again;

    /// <param name="plan">What to train.</param>
    /// <param name="threads">Of the runtime.</param>
    /// <param name="perTask">Whether each task's gradient is wanted, for a balancer.</param>
    /// <param name="dependent">In joint mode, makes λ of the batch's losses; null when the weights of a run are λ.</param>
    public TrainingStep(TrainingPlan plan, int threads, bool perTask, LossDependentWeighting? dependent = null)
    {
        Plan = plan;
        inputs = new StepInputs(plan, threads);
        Gradients = new FlatBuffer(Model.Layout);
        scalars = new FlatBuffer(new TensorLayout(plan.Tasks.Select((_, task) => ($"loss{task}", ImmutableArray<long>.Empty))));
        lossSlots = [.. scalars.Layout.Slots];
        (losses, lossesNow, present) = (new float[plan.Tasks.Count], new float[plan.Tasks.Count], new bool[plan.Tasks.Count]);
        pass = (perTask, plan.Definition.Training.Gradients) switch
        {
            (false, _) => new JointPass(inputs, scalars, Gradients, dependent),
            (true, SharedGradients.Representation) => new RepresentationPass(inputs, scalars, Gradients),
            _ => new TaskPass(inputs, scalars, Gradients),
        };
    }

    public TrainingPlan Plan { get; }

    public Model Model => inputs.Model;

    /// <summary>Every parameter: read by the pass, changed by the optimiser.</summary>
    public FlatBuffer Parameters => inputs.Parameters;

    /// <summary>The gradient of each parameter; in per-task mode complete after <see cref="Combine"/>.</summary>
    public FlatBuffer Gradients { get; }

    /// <summary>The tasks' unweighted losses of the last batch; 0 where a task had no labelled row.</summary>
    public ReadOnlySpan<float> Losses => losses;

    /// <summary>What the objective had beside the losses at the last run in joint mode; 0 where the model has nothing of the kind.</summary>
    public float Penalty => ((JointPass)pass).Penalty;

    /// <summary>How much of the penalty's gradient goes into <see cref="Gradients"/> in joint mode; 1 unless set.</summary>
    public float PenaltyShare
    {
        set => ((JointPass)pass).PenaltyShare = value;
    }

    /// <summary>Labelled rows of the last batch, by task.</summary>
    public ReadOnlySpan<int> Labelled => inputs.Batch.Labelled;

    /// <summary>Whether a task had labelled rows in the last batch.</summary>
    public ReadOnlySpan<bool> Present => present;

    /// <summary>The tasks' gradients that a balancer combines, in per-task mode.</summary>
    public GradientMatrix TaskGradients => pass.TaskGradients;

    /// <summary>In joint mode, λ of the last run, [tasks].</summary>
    public ReadOnlySpan<float> Lambdas => ((JointPass)pass).Lambdas;

    /// <summary>Whether the step computes the tasks' gradients of the shared parameters anyway, so that looking at them costs nothing.</summary>
    public bool HasSharedGradients => pass is TaskPass;

    /// <param name="rows">The batch, of at most the plan's batch size; ordered by group where tasks have rows of their own.</param>
    /// <param name="step">The step, from 1, which decides all chance: dropout masks, noise.</param>
    /// <param name="weights">λ by task; not used in per-task mode.</param>
    public void Run(ReadOnlySpan<int> rows, long step, ReadOnlySpan<float> weights)
    {
        inputs.Fill(rows, step);
        pass.Run(weights);
        for (var task = 0; task < losses.Length; task++)
        {
            losses[task] = scalars[lossSlots[task]][0];
            present[task] = inputs.Batch.Labelled[task] > 0;
        }
    }

    /// <summary>In per-task mode, after <see cref="Run"/>: has the balancer combine the tasks' gradients and weigh those of the tasks' own parameters; the penalty's are added.</summary>
    /// <exception cref="Weightings.Solvers.SolverException">The balancer's inner problem was not solved.</exception>
    public void Combine(GradientBalancer balancer, long step, int epoch, IGradientProbe? probe = null)
    {
        balancer.Combine(new BalancedStep(TaskGradients, losses, present, step, epoch, probe), pass.Combined);
        var own = balancer.OwnWeights;
        for (var task = 0; task < own.Length; task++)
            TensorPrimitives.Multiply(Gradients.All[Model.TaskRanges[task]], own[task], Gradients.All[Model.TaskRanges[task]]);
        pass.Finish();
    }

    /// <summary>The losses of the last run's batch at the parameters as they are now, with the same step values: one forward pass, made when first asked for.</summary>
    public ReadOnlySpan<float> LossesNow()
    {
        again ??= LoadLosses();
        again.Value.Pass.Run();
        for (var task = 0; task < losses.Length; task++)
            lossesNow[task] = again.Value.Losses[lossSlots[task]][0];
        return lossesNow;
    }

    /// <summary>
    /// Each task's gradient of the shared parameters for the batch of the last run, whatever the mode: where the step has none, a pass of their own computes them, about (1 + 2T)/3 joint steps.
    /// It is made when first asked for.
    /// </summary>
    public GradientMatrix SharedGradientsOfTasks()
    {
        if (HasSharedGradients)
            return TaskGradients;
        analysis ??= new TaskPass(inputs);
        analysis.Run([]);
        return analysis.TaskGradients;
    }

    public void Dispose()
    {
        pass.Dispose();
        analysis?.Dispose();
        again?.Pass.Dispose();
        again?.Losses.Dispose();
        scalars.Dispose();
        Gradients.Dispose();
        inputs.Dispose();
    }

    private (StepInputs.Pass Pass, FlatBuffer Losses) LoadLosses()
    {
        var now = new FlatBuffer(scalars.Layout);
        return (inputs.Load("losses of a training step", [.. inputs.Losses.Select((loss, task) => JointPass.LossOutput(now, task, loss))]), now);
    }
}
