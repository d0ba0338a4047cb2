using Mtl.Graph;
using Mtl.Graph.Onnx;
using Mtl.Runtime;
using ElementType = Mtl.Graph.ElementType;
using Tensor = Mtl.Runtime.Tensor;

namespace Mtl.Learning.Training;

/// <summary>Each task's validation loss of the prediction that needs no input (mean, class shares of the training labels): the scale that losses are compared on.</summary>
internal static class ConstantLosses
{
    public static double[] Of(TrainingPlan plan) => [.. plan.Tasks.Select((task, index) => Of(task, plan.Data.Targets[index], plan.Data.Labelled[index], plan.ValidationRows))];

    private static double Of(TaskPlan task, float[] targets, float[] labelled, int[] rows)
    {
        int[] known = Array.FindAll(rows, row => labelled[row] != 0);
        if (known.Length == 0)
            return 1;
        var width = task.Target.MeasuredWidth;
        var values = new float[checked(known.Length * width)];
        for (var i = 0; i < known.Length; i++)
        {
            if (task.Target.Width == 0)
                task.Target.Measure(known[i], values.AsSpan(i * width, width));
            else
                targets.AsSpan(known[i] * width, width).CopyTo(values.AsSpan(i * width));
        }

        var target = Node.Input("target", ElementType.Float, ["batch", width]);
        var output = Node.Constant(TensorValue.Of([1, task.Head.Outputs], [.. task.Head.Bias])).Expand(["batch", task.Head.Outputs], target);
        var graph = ComputationGraph.Of([("loss", task.LossPerRow(output, target))]);
        using var executable = Executable.Load(OnnxModel.Write(graph), "constant prediction").Value;
        var losses = executable.Run(new Dictionary<string, Tensor> { ["target"] = Tensor.Of(values, known.Length, width) }).Value["loss"].Values<float>();
        return losses.Average(loss => (double)loss);
    }
}
