using System.Collections.Immutable;
using Mtl.Core.Random;
using Mtl.Learning.Weightings;
using Mtl.Runtime;

namespace Mtl.Learning.Training;

/// <summary>The model a second time, for gradients at other shared parameters or on other batches. Dropout is that of the step.</summary>
internal sealed class GradientProbe : IGradientProbe, IDisposable
{
    private readonly FlatBuffer parameters;
    private readonly StepInputs inputs;
    private readonly FlatBuffer scalars;
    private readonly TaskPass pass;
    private readonly CounterRandom random;
    private readonly RowGroups? groups;
    private readonly int[] training;
    private readonly int[] validation;
    private readonly int[] stepRows;
    private readonly int[] drawnRows;
    private readonly float[] losses;
    private int count;
    private long step;

    /// <param name="plan">What is trained.</param>
    /// <param name="threads">Of the runtime.</param>
    /// <param name="parameters">The parameters that are trained.</param>
    public GradientProbe(TrainingPlan plan, int threads, FlatBuffer parameters)
    {
        this.parameters = parameters;
        inputs = new StepInputs(plan, threads);
        scalars = new FlatBuffer(new TensorLayout(plan.Tasks.Select((_, task) => ($"loss{task}", ImmutableArray<long>.Empty))));
        pass = new TaskPass(inputs, scalars);
        random = new CounterRandom(plan.Definition.Training.Seed, "probe");
        (groups, training, validation) = (plan.Groups, plan.TrainRows, plan.ValidationRows);
        (stepRows, drawnRows, losses) = (new int[inputs.Capacity], new int[inputs.Capacity], new float[plan.Tasks.Count]);
    }

    public double LearningRate { get; private set; }

    public ReadOnlySpan<float> Parameters => parameters.All[..inputs.Model.SharedLength];

    /// <summary>Takes note of a step before a balancer asks.</summary>
    public void Begin(ReadOnlySpan<int> rows, long number, double learningRate)
    {
        rows.CopyTo(stepRows);
        (count, step, LearningRate) = (rows.Length, number, learningRate);
        parameters.All.CopyTo(inputs.Parameters.All);
    }

    public ProbedGradients At(ReadOnlySpan<float> at, ProbeBatch batch, int draw = 0)
    {
        at.CopyTo(inputs.Parameters.All);
        inputs.Fill(Rows(batch, draw), step);
        pass.Run([]);
        for (var task = 0; task < losses.Length; task++)
            losses[task] = scalars[scalars.Layout.Slots[task]][0];
        return new ProbedGradients(pass.TaskGradients, losses);
    }

    public void Dispose()
    {
        pass.Dispose();
        scalars.Dispose();
        inputs.Dispose();
    }

    private ReadOnlySpan<int> Rows(ProbeBatch batch, int draw)
    {
        if (batch == ProbeBatch.Step)
            return stepRows.AsSpan(0, count);
        var source = batch == ProbeBatch.Training ? training : validation;
        var draws = random.Fork((ulong)step).Fork((ulong)batch).Fork((ulong)draw);
        for (var i = 0; i < count; i++)
            drawnRows[i] = source[draws.Below(source.Length, (ulong)i)];
        groups?.Order(drawnRows.AsSpan(0, count));
        return drawnRows.AsSpan(0, count);
    }
}
