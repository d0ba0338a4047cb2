using Mtl.Core.Definitions;
using Mtl.Core.Signatures;
using Mtl.Graph;
using Mtl.Learning.Architectures;
using Mtl.Learning.Losses;
using Mtl.Learning.Preprocessing.Targets;

namespace Mtl.Learning.Training;

/// <summary>One task, ready to train.</summary>
/// <param name="Definition">As the user gave it, completed.</param>
/// <param name="Target">Its labels.</param>
/// <param name="Loss">Its loss.</param>
public sealed record TaskPlan(TaskDefinition Definition, TaskTarget Target, ILoss Loss)
{
    public string Name => Definition.Name;

    public TaskKind Kind => Definition.Kind;

    /// <summary>Numbers per row of <see cref="Prediction"/>.</summary>
    public int PredictionWidth => PointWidth + (Loss.Distribution?.Width ?? 0);

    /// <summary>Numbers per row of <see cref="Point"/>.</summary>
    public int PointWidth => Target.Outputs;

    public Head Head { get; } = new(
        Definition.Name, Loss.Distribution?.Outputs ?? Target.Outputs, Loss.Distribution?.BiasAt(Target.Bias[0]) ?? Target.Bias) { Words = Target.Words };

    /// <summary>The loss of each row, [rows, 1], from the head's raw output.</summary>
    public Node LossPerRow(Node output, Node target) => Loss.PerRow(Target.Activate(output), target);

    /// <summary>What is predicted, as a user reads it, from the head's raw output: float [rows, <see cref="PointWidth"/>].</summary>
    public Node Point(Node output) => Target.Prediction(Loss.Distribution?.Point(output) ?? output);

    /// <summary>What an exported model gives as the task's prediction, from the head's raw output.</summary>
    /// <param name="output">The head's raw output.</param>
    /// <param name="inputs">The model's inputs.</param>
    public Node Exported(Node output, ModelInputs inputs) => Target.Exported(Point(output), inputs);

    /// <summary>The head's raw output as metrics take it, float [rows, <see cref="PredictionWidth"/>]: what is predicted, and what the loss describes beside it.</summary>
    public Node Prediction(Node output) => Spread(output) is { } spread ? new[] { Point(output), spread }.Concat(1) : Point(output);

    /// <summary>The further outputs of an exported model, by name.</summary>
    /// <param name="output">The head's raw output.</param>
    /// <param name="inputs">The model's inputs.</param>
    public IEnumerable<(string Name, Node Node)> Extras(Node output, ModelInputs inputs)
    {
        if (Spread(output) is { } spread)
            yield return ($"{Name}_{Loss.Distribution!.Name}", spread);
        if (Target is ReconstructionTarget)
            yield return ($"{Name}_error", (output - Target.FromInputs(inputs)!).Square().ReduceMean([1], keep: true));
    }

    /// <summary>What an exported model gives for this task.</summary>
    public ModelOutput Describe() => new(Name, Definition.Column, Kind, Target.Labels)
    {
        Width = PointWidth,
        Extras =
        [
            .. Loss.Distribution is { } distribution ? [new ExtraOutput($"{Name}_{distribution.Name}", distribution.Width, distribution.Levels)] : Array.Empty<ExtraOutput>(),
            .. Target is ReconstructionTarget ? [new ExtraOutput($"{Name}_error", 1, [])] : Array.Empty<ExtraOutput>(),
        ],
    };

    private Node? Spread(Node output) => Loss.Distribution is { } distribution && Target is RegressionTarget { Mean: var mean, Deviation: var deviation }
        ? distribution.Spread(output, mean, deviation)
        : null;
}
