using System.Globalization;
using System.Numerics;
using Mtl.Core;
using Mtl.Learning.Architectures;
using Mtl.Learning.Classical;
using Mtl.Learning.State;
using Mtl.Runtime;

namespace Mtl.Learning.Training;

/// <summary>
/// The loop of one <see cref="Trainer.Run"/> with a classical learner: iterations, stages' ends, checkpoints, the end. A stage counts as an epoch: its solution is evaluated on the validation rows
/// and kept when it is the best so far.
/// </summary>
internal sealed class FittingLoop : IDisposable
{
    private readonly TrainingPlan plan;
    private readonly ITrainingListener listener;
    private readonly Model model;
    private readonly FlatBuffer parameters;
    private readonly Evaluator evaluator;
    private readonly IFitting fitting;
    private readonly ModelSelection selection;
    private readonly StageState stage = new();
    private readonly TrainingState state;
    private readonly CheckpointCadence cadence;
    private readonly int threads;

    public FittingLoop(TrainingPlan plan, Learner learner, int threads, TimeProvider time, ITrainingListener listener)
    {
        (this.plan, this.threads, this.listener) = (plan, threads, listener);
        model = plan.BuildModel(plan.Features.PreprocessedInputs(), training: false);
        parameters = new FlatBuffer(model.Layout);
        evaluator = new Evaluator(plan, threads);
        fitting = learner.Begin();
        selection = new ModelSelection(model.TaskRanges, !learner.IsSeparable, parameters.All, ConstantLosses.Of(plan), patience: 0);
        state = new TrainingState(parameters, ("fitting", fitting), ("stage", stage), ("selection", selection));
        cadence = new CheckpointCadence(time, TimeSpan.FromSeconds(plan.Definition.Training.CheckpointSeconds));
    }

    private int Stage => (int)state.EpochsDone;

    public TrainingOutcome Run(Checkpoint? resumeFrom, CancellationToken stop)
    {
        if (resumeFrom is not null && state.Restore(resumeFrom, plan.Fingerprint) is { } misfit)
            return new TrainingOutcome.Failed(misfit);

        cadence.Start(resumeFrom?.Elapsed ?? TimeSpan.Zero);
        listener.Started(Facts());
        while (Stage < fitting.Stages)
        {
            if (stop.IsCancellationRequested)
                return Stop();
            var error = stage.IsOver ? EndStage(stop) : Iterate();
            if (error is not null)
                return new TrainingOutcome.Failed(error);
        }

        return Finish(stop);
    }

    public void Dispose()
    {
        parameters.Dispose();
        evaluator.Dispose();
    }

    private TrainingFacts Facts() => new(
        plan.TrainRows.Length,
        plan.ValidationRows.Length,
        plan.TestRows.Length,
        plan.Features.FeatureCount,
        model.ParameterCount,
        model.SharedCount,
        fitting.MaximumIterations,
        TotalSteps: 0,
        fitting.Stages,
        threads,
        state.Step);

    private Error? Iterate()
    {
        var iteration = (int)(state.Step - stage.Start);
        var progress = fitting.Iterate(Stage, iteration);
        state.Step++;
        if (!double.IsFinite(progress.Objective))
        {
            return Error.Invalid(
                $"The objective is no longer a number in iteration {state.Step} ({fitting.Describe(Stage)}).",
                "Look for extreme values in the columns, or strengthen the penalty. The last checkpoint is unharmed.");
        }

        List<MetricValue> metrics = [new("all/objective", progress.Objective), new("all/optimality_residual", progress.Residual)];
        if (!double.IsNaN(progress.Gap))
            metrics.Add(new MetricValue("all/duality_gap", progress.Gap));
        stage.IsOver = progress.IsOver || iteration + 1 == fitting.MaximumIterations;
        if (!stage.IsOver && BitOperations.IsPow2(iteration + 1))
            metrics.AddRange(Losses());
        listener.Metrics(state.Step, Stage + 1, metrics);
        if (stage.IsOver && !progress.IsConverged)
        {
            listener.Log(TrainingLogLevel.Warning, string.Create(
                CultureInfo.InvariantCulture,
                $"Not converged after {iteration + 1} iterations with {fitting.Describe(Stage)}: optimality residual {progress.Residual:0.##e+0}{(double.IsNaN(progress.Gap) ? "" : $", duality gap {progress.Gap:0.##e+0}")}. {(progress.IsStuck ? "Rounding leaves no step that lowers the objective; allow a larger tolerance, or strengthen the penalty." : "Allow more iterations or a larger tolerance.")}"));
        }

        listener.Progress(new TrainingPosition(state.Step, TotalSteps: 0, Stage + 1, fitting.Stages, cadence.Elapsed));
        if (!stage.IsOver && cadence.IsDue())
            Checkpoint();
        return null;
    }

    /// <summary>Evaluates a stage's solution and takes note of it; does nothing when stopped on the way, so that it is done again after resuming.</summary>
    private Error? EndStage(CancellationToken stop)
    {
        fitting.Write(parameters);
        if (evaluator.Run(parameters.All, plan.TrainRows, stop) is not { } training || evaluator.Run(parameters.All, plan.ValidationRows, stop) is not { } validation)
            return null;
        var spoiled = Array.FindIndex(validation.Losses, loss => !double.IsFinite(loss));
        if (spoiled >= 0)
            return Error.Invalid($"The validation loss of task '{plan.Tasks[spoiled].Name}' is not a number ({fitting.Describe(Stage)}).", "Look for extreme values in the columns, or strengthen the penalty.");

        listener.Metrics(state.Step, Stage + 1, [.. Losses(training, "train"), .. TaskMetrics.Of(plan, validation, "val"), .. TaskMetrics.Pooled(plan, validation, "val"), new MetricValue("all/val_loss", validation.Losses.Average())]);
        selection.Observe(Stage + 1, validation.Losses, parameters.All);
        state.EpochsDone++;
        stage.Next(state.Step);
        if (cadence.IsDue())
            Checkpoint();
        return null;
    }

    /// <summary>Both sides' losses on the way; not stopped, so that a stopped run reports what an undisturbed one does.</summary>
    private IEnumerable<MetricValue> Losses()
    {
        fitting.Write(parameters);
        return [.. Losses(evaluator.Run(parameters.All, plan.TrainRows)!, "train"), .. Losses(evaluator.Run(parameters.All, plan.ValidationRows)!, "val")];
    }

    private IEnumerable<MetricValue> Losses(Evaluation evaluation, string split)
    {
        for (var task = 0; task < plan.Tasks.Count; task++)
            yield return new MetricValue($"{plan.Tasks[task].Name}/{split}_loss", evaluation.Losses[task]);
        yield return new MetricValue($"all/{split}_loss", evaluation.Losses.Average());
    }

    private TrainingOutcome Finish(CancellationToken stop)
    {
        // Where tasks are selected one by one, what they share is the same in every stage.
        var kept = parameters.All.ToArray();
        foreach (var range in selection.Ranges)
            selection.Parameters[range].CopyTo(kept.AsSpan(range));
        if (evaluator.Run(kept, plan.TestRows, stop) is not { } evaluation)
            return Stop();
        MetricValue[] metrics = [.. TaskMetrics.Of(plan, evaluation, "test"), .. TaskMetrics.Pooled(plan, evaluation, "test")];
        listener.Metrics(state.Step, Stage, metrics);
        var best = selection.BestEpochs;
        listener.Log(TrainingLogLevel.Information, string.Create(
            CultureInfo.InvariantCulture,
            $"Solved {Stage} problem{(Stage == 1 ? "" : "s")} in {state.Step} iterations and {cadence.Elapsed.TotalSeconds:F1} s; kept {string.Join(", ", best.Distinct().Order().Select(epoch => fitting.Describe(epoch - 1)))}."));
        return new TrainingOutcome.Completed(new TrainingResult(
            kept,
            metrics,
            [.. TaskMetrics.Confusion(plan, evaluation)],
            plan.Tasks.Select((task, index) => (task.Name, Epoch: best[index])).ToDictionary(entry => entry.Name, entry => entry.Epoch),
            Stage,
            state.Step,
            cadence.Elapsed));
    }

    private TrainingOutcome.Stopped Stop() => new(Checkpoint());

    private Checkpoint Checkpoint()
    {
        var checkpoint = state.Save(plan.Fingerprint, Math.Min(Stage + 1, fitting.Stages), cadence.Elapsed, threads);
        listener.Checkpoint(checkpoint);
        cadence.Taken(atEpochEnd: true);
        return checkpoint;
    }

    /// <summary>Where the present stage began, and whether its iterations are over.</summary>
    private sealed class StageState : IStateful
    {
        private readonly long[] values = [0, 0];

        public IReadOnlyList<NamedTensor> State => [NamedTensor.Of("stage", values)];

        public long Start => values[0];

        public bool IsOver
        {
            get => values[1] != 0;
            set => values[1] = value ? 1 : 0;
        }

        public void Next(long start) => (values[0], values[1]) = (start, 0);
    }
}
