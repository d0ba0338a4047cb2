using System.Collections.Immutable;
using Mtl.Graph;
using Mtl.Graph.Onnx;
using Mtl.Learning.Regularizers;
using Mtl.Runtime;

namespace Mtl.Learning.Training;

/// <summary>R(θ) of a run: the proximal steps of the regularisers with kinks, and the value of all terms beside the losses where it depends on the parameters alone.</summary>
internal sealed class Regularization : IDisposable
{
    private const string Name = "penalty";

    private readonly TrainingStep step;
    private readonly Regularizer[] withKinks;
    private readonly RegularizedWeights weights;
    private readonly FlatBuffer? value;
    private readonly Executable? executable;
    private readonly Binding? binding;

    public Regularization(TrainingPlan plan, TrainingStep step)
    {
        this.step = step;
        withKinks = [.. plan.Regularizers.Where(regularizer => !regularizer.IsSmooth)];
        weights = new RegularizedWeights(step.Model.Parameters, plan.Tasks.Count);
        if (plan.BuildModel(plan.Features.PreprocessedInputs(), training: false).Penalty is not { } penalty)
            return;
        var graph = ComputationGraph.Of([(Name, penalty)]);
        if (!graph.Inputs.All(input => step.Model.Layout.Slots.Any(slot => slot.Name == input.Name)))
            return;
        value = new FlatBuffer(new TensorLayout([(Name, ImmutableArray<long>.Empty)]));
        executable = Executable.Load(OnnxModel.Write(graph), Name).Value;
        binding = executable.Bind(graph.Inputs.ToDictionary(input => input.Name!, input => step.Parameters.View(input.Name!)), new Dictionary<string, TensorView> { [Name] = value.View(Name) });
    }

    /// <summary>Whether there is a value to report.</summary>
    public bool HasValue => binding is not null || withKinks.Length > 0;

    /// <summary>The proximal steps after an optimiser's, in place.</summary>
    public void Shrink(double rate)
    {
        foreach (var regularizer in withKinks)
            regularizer.Shrink(weights, step.Model, step.Parameters.All, rate);
    }

    /// <summary>R at the present parameters.</summary>
    public double Value()
    {
        binding?.Run();
        return (value?[Name][0] ?? 0) + withKinks.Sum(regularizer => regularizer.Value(weights, step.Model, step.Parameters.All));
    }

    public void Dispose()
    {
        executable?.Dispose();
        value?.Dispose();
    }
}
