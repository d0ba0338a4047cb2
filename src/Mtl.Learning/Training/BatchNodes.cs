using Mtl.Graph;
using Mtl.Learning.Architectures;
using Mtl.Learning.Losses;
using ElementType = Mtl.Graph.ElementType;

namespace Mtl.Learning.Training;

/// <summary>
/// The inputs of a training or evaluation graph that <see cref="BatchInputs"/> fills: preprocessed columns, labels and row weights. Tasks of one slot share the label inputs: each has rows of
/// its own of them.
/// </summary>
internal sealed class BatchNodes
{
    public const string GroupSizes = "batch/groups";

    private readonly TrainingPlan plan;
    private readonly Node[] labels;
    private readonly Node[] weights;

    public BatchNodes(TrainingPlan plan)
    {
        this.plan = plan;
        Inputs = plan.Features.PreprocessedInputs();
        labels = [.. Enumerable.Range(0, plan.Slots).Select(slot => Node.Input(TargetName(slot), ElementType.Float, ["batch", plan.TargetWidth(slot)]))];
        weights = [.. Enumerable.Range(0, plan.Slots).Select(slot => Node.Input(WeightName(slot), ElementType.Float, ["batch", 1]))];
        if (plan.Groups is { } groups)
            Rows = new TaskRows(Node.Input(GroupSizes, ElementType.Int64, [groups.Count]), groups.GroupOf, groups.MemberOf);
    }

    public ModelInputs Inputs { get; }

    /// <summary>Whose the batch's rows are; null where tasks share them.</summary>
    public TaskRows? Rows { get; }

    public Model BuildModel(bool training) => plan.BuildModel(Inputs, training, Rows);

    /// <summary>A task's loss: the masked mean over its rows of the batch.</summary>
    public Node LossOf(int task, Node output)
    {
        var slot = plan.SlotOf(task);
        var target = plan.Tasks[task].Target.FromInputs(Inputs) ?? Labels(task, slot);
        return MaskedMean.Of(plan.Tasks[task].LossPerRow(output, Own(task, target)), Own(task, weights[slot]));
    }

    /// <summary>
    /// The predictions of each slot's tasks, float [batch, widest]: where tasks have rows of their own, each row has its own task's prediction, filled up with zeros to the widest.
    /// </summary>
    public Node PredictionsOf(int slot, IReadOnlyList<Node> outputs)
    {
        if (plan.Groups is not { } groups)
            return plan.Tasks[slot].Prediction(outputs[slot]);
        var width = plan.PredictionWidth(slot);
        return groups.Members.Select(members =>
        {
            if (members.Length <= slot)
                return Node.Filled(0, [outputs[members[0]].Shape[0], width], like: outputs[members[0]]);
            var prediction = plan.Tasks[members[slot]].Prediction(outputs[members[slot]]);
            return prediction.Shape[1].Value < width ? prediction.Pad(1, 0, width - prediction.Shape[1].Value) : prediction;
        }).ToArray().Concat(0);
    }

    public static string TargetName(int slot) => $"batch/target{slot}";

    public static string WeightName(int slot) => $"batch/weight{slot}";

    private Node Labels(int task, int slot)
    {
        var width = plan.Tasks[task].Target.Width;
        return width < plan.TargetWidth(slot) ? labels[slot].Slice(1, 0, width) : labels[slot];
    }

    private Node Own(int task, Node node) => Rows is null ? node : Rows.Of(task, node);
}
