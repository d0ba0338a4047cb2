using System.Globalization;
using Mtl.Core;
using Mtl.Learning.Optimizers;
using Mtl.Learning.Preprocessing.Targets;
using Mtl.Learning.Schedules;
using Mtl.Learning.Weightings;

namespace Mtl.Learning.Training;

/// <summary>The loop of one <see cref="Trainer.Run"/>: steps, epochs' ends, checkpoints, the end.</summary>
internal sealed class TrainingLoop : IDisposable
{
    private readonly TrainingPlan plan;
    private readonly ITrainingListener listener;
    private readonly TrainingStep step;
    private readonly Evaluator evaluator;
    private readonly IOptimizer optimizer;
    private readonly FullBatchPass? fullBatch;
    private readonly Regularization regularization;
    private readonly Weighting weighting;
    private readonly StepWeighting weighed;
    private readonly ModelSelection selection;
    private readonly EpochSums sums;
    private readonly TrainingState state;
    private readonly BatchOrder order;
    private readonly Schedule schedule;
    private readonly LearningRateSchedule rates;
    private readonly CheckpointCadence cadence;
    private readonly GradientAnalysis analysis;
    private readonly long analysisCadence;
    private readonly int threads;

    public TrainingLoop(TrainingPlan plan, int threads, TimeProvider time, ITrainingListener listener)
    {
        (this.plan, this.threads, this.listener) = (plan, threads, listener);
        var training = plan.Definition.Training;
        weighting = plan.MakeWeighting();
        step = new TrainingStep(plan, threads, weighting is GradientBalancer, weighting as LossDependentWeighting);
        weighed = new StepWeighting(plan, threads, step, weighting);
        (analysis, analysisCadence) = (new GradientAnalysis(plan), GradientAnalysis.CadenceOf(plan, step));
        evaluator = new Evaluator(plan, threads);
        plan.Initialize(step.Model, step.Parameters.All);
        optimizer = plan.MakeOptimizer(step.Parameters.All.Length);
        selection = new ModelSelection(step.Model.TaskRanges, step.Model.IsJoint, step.Parameters.All, ConstantLosses.Of(plan), training.Patience);
        sums = new EpochSums(plan.Tasks.Count);
        order = new BatchOrder(plan.TrainRows, plan.RowsPerStep, training.Seed, plan.Groups, EpochRows.Of(plan.TrainRows, plan.Groups, training));
        regularization = new Regularization(plan, step);
        fullBatch = optimizer is IFullBatchOptimizer ? new FullBatchPass(plan, step) : null;
        schedule = plan.MakeSchedule(new ScheduleContext(TotalSteps, order.StepsPerEpoch));
        rates = new LearningRateSchedule(schedule, training.WarmupSteps);
        state = new TrainingState(step.Parameters, ("optimizer", optimizer), ("schedule", schedule), ("weighting", weighting), ("selection", selection), ("sums", sums));
        cadence = new CheckpointCadence(time, TimeSpan.FromSeconds(training.CheckpointSeconds));
    }

    private long TotalSteps => (long)order.StepsPerEpoch * plan.Definition.Training.Epochs;

    private int Epoch => (int)state.EpochsDone + 1;

    private bool IsEpochComplete => state.Step == (state.EpochsDone + 1) * order.StepsPerEpoch;

    private bool IsOver => state.EpochsDone == plan.Definition.Training.Epochs || selection.IsOver || !IsEpochComplete && optimizer is IFullBatchOptimizer { End: not null };

    public TrainingOutcome Run(Checkpoint? resumeFrom, CancellationToken stop)
    {
        if (resumeFrom is not null && state.Restore(resumeFrom, plan.Fingerprint) is { } misfit)
            return new TrainingOutcome.Failed(misfit);

        cadence.Start(resumeFrom?.Elapsed ?? TimeSpan.Zero);
        listener.Started(Facts());
        if (resumeFrom is null)
            LogLimits();
        while (!IsOver)
        {
            if (stop.IsCancellationRequested)
                return Stop();
            var error = IsEpochComplete ? EndEpoch(stop) : optimizer is IGradientOptimizer byBatch ? Step(byBatch) : Step((IFullBatchOptimizer)optimizer, fullBatch!);
            if (error is not null)
                return new TrainingOutcome.Failed(error);
        }

        return Finish(stop);
    }

    public void Dispose()
    {
        regularization.Dispose();
        weighed.Dispose();
        step.Dispose();
        evaluator.Dispose();
    }

    private TrainingFacts Facts() => new(
        plan.TrainRows.Length,
        plan.ValidationRows.Length,
        plan.TestRows.Length,
        plan.Features.FeatureCount,
        step.Model.ParameterCount,
        step.Model.SharedCount,
        order.StepsPerEpoch,
        TotalSteps,
        plan.Definition.Training.Epochs,
        threads,
        state.Step);

    /// <summary>What the run leaves out.</summary>
    private void LogLimits()
    {
        if (fullBatch is not null && analysisCadence > 0)
        {
            listener.Log(
                TrainingLogLevel.Information,
                $"Optimizer '{plan.Definition.Optimizer.Key}' looks at all rows at once, so no gradients of batches are recorded (training.analysisEvery is {plan.Definition.Training.AnalysisEvery}).");
        }

        foreach (var task in plan.Tasks)
        {
            if (task.Target is TaggingTarget { CutShare: > 0 } tagging)
            {
                listener.Log(TrainingLogLevel.Warning, string.Create(
                    CultureInfo.InvariantCulture,
                    $"Task '{task.Name}': {100 * tagging.CutShare:0.##} % of the tagged words are beyond the {tagging.Length} that the model reads of a text, and are neither learnt nor measured. Raise the tokenizer's maximumTokens to have them."));
            }
        }
    }

    private Error? Step(IGradientOptimizer byBatch)
    {
        var next = state.Step + 1;
        weighed.Begin(next);
        step.Run(order.Rows(next), next, weighed.Given);
        if (NotANumber.InLosses(plan, step.Losses) is { } task)
            return NotANumber.Failure("loss", task, next, Epoch, RateAt(next));

        if (analysisCadence > 0 && next % analysisCadence == 0)
            listener.Metrics(next, Epoch, analysis.Of(step.SharedGradientsOfTasks(), step.Present));
        if (weighed.Combine(order.Rows(next), next, Epoch, RateAt(next)) is { } unsolved)
            return unsolved;
        foreach (var range in selection.Ranges)
        {
            var norm = GradientNorm.Clip(step.Gradients.All[range], plan.Definition.Training);
            if (!double.IsFinite(norm))
                return NotANumber.Failure("gradient", NotANumber.InGradients(plan, step), next, Epoch, RateAt(next));
        }

        sums.Add(step.Losses, step.Labelled, weighed.Weights);
        byBatch.Step(step.Parameters.All, step.Gradients.All, (float)RateAt(next));
        EndStep(next, step.Losses, step.Present);
        return null;
    }

    /// <summary>A step on all rows. The epoch's training losses are those of its last evaluation.</summary>
    private Error? Step(IFullBatchOptimizer onAllRows, FullBatchPass pass)
    {
        var next = state.Step + 1;
        var objective = double.NaN;
        weighed.Begin(next);
        onAllRows.Step(
            step.Parameters.All,
            (parameters, gradients) =>
            {
                objective = pass.Evaluate(next, weighed.Given, parameters, gradients);
                foreach (var range in selection.Ranges)
                    if (!double.IsFinite(GradientNorm.Clip(gradients[range], plan.Definition.Training)))
                        objective = double.NaN;
                return objective;
            },
            (float)RateAt(next));
        if (NotANumber.InLosses(plan, pass.Losses) is { } task)
            return NotANumber.Failure("loss", task, next, Epoch, RateAt(next));
        if (!double.IsFinite(objective))
            return NotANumber.Failure("gradient", NotANumber.InGradients(plan, step), next, Epoch, RateAt(next));

        sums.Add(pass.Losses, pass.Labelled, weighed.Given);
        EndStep(next, pass.Losses, pass.Present);
        return null;
    }

    private void EndStep(long next, ReadOnlySpan<float> losses, ReadOnlySpan<bool> present)
    {
        regularization.Shrink(RateAt(next));
        weighed.Learn(losses, present);
        state.Step = next;
        listener.Progress(new TrainingPosition(next, TotalSteps, Epoch, plan.Definition.Training.Epochs, cadence.Elapsed));
        if (!IsEpochComplete && cadence.IsDue())
            Checkpoint();
    }

    /// <summary>Evaluates an epoch and takes note of it; does nothing when stopped on the way, so that it is done again after resuming.</summary>
    private Error? EndEpoch(CancellationToken stop)
    {
        if (evaluator.Run(step.Parameters.All, plan.ValidationRows, stop) is not { } evaluation)
            return null;
        var spoiled = Array.FindIndex(evaluation.Losses, loss => !double.IsFinite(loss));
        if (spoiled >= 0)
            return NotANumber.Failure("validation loss", plan.Tasks[spoiled].Name, state.Step, Epoch, RateAt(state.Step));

        var losses = sums.MeanLosses();
        weighting.LearnFromEpoch(losses, sums.Present());
        listener.Metrics(state.Step, Epoch, EpochMetrics(losses, evaluation));
        selection.Observe(Epoch, evaluation.Losses, step.Parameters.All);
        schedule.Observe(selection.Score(evaluation.Losses));
        sums.Clear();
        state.EpochsDone++;
        if (selection.IsOver && state.EpochsDone < plan.Definition.Training.Epochs)
            listener.Log(TrainingLogLevel.Information, $"Stopped early after epoch {state.EpochsDone}: {plan.Definition.Training.Patience} epochs without a better validation score.");
        if (optimizer is IFullBatchOptimizer { End: { } end })
            listener.Log(end.IsConverged ? TrainingLogLevel.Information : TrainingLogLevel.Warning, end.Message);
        if (cadence.IsDueAtEpochEnd())
            Checkpoint();
        return null;
    }

    private List<MetricValue> EpochMetrics(double[] trainLosses, Evaluation evaluation)
    {
        List<MetricValue> metrics = [];
        var weights = sums.MeanWeights();
        for (var task = 0; task < plan.Tasks.Count; task++)
        {
            metrics.Add(new MetricValue($"{plan.Tasks[task].Name}/train_loss", trainLosses[task]));
            metrics.Add(new MetricValue($"{plan.Tasks[task].Name}/weight", weights[task]));
        }

        metrics.AddRange(TaskMetrics.Of(plan, evaluation, "val"));
        metrics.AddRange(plan.Pools.Select(pool => new MetricValue($"{pool.Name}/train_loss", pool.Tasks.Average(task => trainLosses[task]))));
        metrics.AddRange(TaskMetrics.Pooled(plan, evaluation, "val"));
        metrics.Add(new MetricValue("all/train_loss", trainLosses.Average()));
        metrics.Add(new MetricValue("all/val_loss", evaluation.Losses.Average()));
        metrics.Add(new MetricValue("all/learning_rate", RateAt(state.Step)));
        if (regularization.HasValue)
        {
            var penalty = regularization.Value();
            metrics.Add(new MetricValue("all/penalty", penalty));
            metrics.Add(new MetricValue("all/objective", trainLosses.Zip(weights, (loss, weight) => loss * weight).Sum() + penalty));
        }

        return metrics;
    }

    private TrainingOutcome Finish(CancellationToken stop)
    {
        if (evaluator.Run(selection.Parameters, plan.TestRows, stop) is not { } evaluation)
            return Stop();
        MetricValue[] metrics = [.. TaskMetrics.Of(plan, evaluation, "test"), .. TaskMetrics.Pooled(plan, evaluation, "test")];
        listener.Metrics(state.Step, (int)state.EpochsDone, metrics);
        var best = selection.BestEpochs;
        listener.Log(TrainingLogLevel.Information, string.Create(CultureInfo.InvariantCulture, $"Trained {state.EpochsDone} epochs, {state.Step} steps in {cadence.Elapsed.TotalSeconds:F1} s; kept epoch {string.Join(", ", best.Distinct().Order())}."));
        return new TrainingOutcome.Completed(new TrainingResult(
            selection.Parameters.ToArray(),
            metrics,
            [.. TaskMetrics.Confusion(plan, evaluation)],
            plan.Tasks.Select((task, index) => (task.Name, Epoch: best[index])).ToDictionary(entry => entry.Name, entry => entry.Epoch),
            (int)state.EpochsDone,
            state.Step,
            cadence.Elapsed));
    }

    private TrainingOutcome.Stopped Stop() => new(Checkpoint());

    private Checkpoint Checkpoint()
    {
        var checkpoint = state.Save(plan.Fingerprint, Math.Min(Epoch, plan.Definition.Training.Epochs), cadence.Elapsed, threads);
        listener.Checkpoint(checkpoint);
        cadence.Taken(atEpochEnd: state.Step == state.EpochsDone * order.StepsPerEpoch);
        return checkpoint;
    }

    private double RateAt(long at) => optimizer.LearningRate * rates.Factor(at);
}
