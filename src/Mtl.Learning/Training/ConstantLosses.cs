using System.Security.Cryptography;
using Mtl.Graph;
using Mtl.Graph.Onnx;
using Mtl.Runtime;
using ElementType = Mtl.Graph.ElementType;
using Tensor = Mtl.Runtime.Tensor;

namespace Mtl.Learning.Training;

/// <summary>Each task's validation loss of the prediction that needs no input (mean, class shares of the training labels): the scale that losses are compared on.</summary>
internal static class ConstantLosses
{
    public static double[] Of(TrainingPlan plan)
    {
        // Tasks of like loss and target have the same graph, which is loaded once.
        Dictionary<string, Executable> executables = [];
        try
        {
            return [.. plan.Tasks.Select((task, index) => Of(task, plan.Data.Targets[index], plan.Data.Labelled[index], plan.ValidationRows, executables))];
        }
        finally
        {
            foreach (var executable in executables.Values)
                executable.Dispose();
        }
    }

    private static double Of(TaskPlan task, float[] targets, float[] labelled, int[] rows, Dictionary<string, Executable> executables)
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
        var constant = Node.Input("constant", ElementType.Float, [1, task.Head.Outputs]);
        var model = OnnxModel.Write(ComputationGraph.Of([("loss", task.LossPerRow(constant.Expand(["batch", task.Head.Outputs], target), target))]));
        var key = Convert.ToHexStringLower(SHA256.HashData(model));
        if (!executables.TryGetValue(key, out var executable))
            executables.Add(key, executable = Executable.Load(model, "constant prediction").Value);
        var losses = executable.Run(new Dictionary<string, Tensor>
        {
            ["target"] = Tensor.Of(values, known.Length, width),
            ["constant"] = Tensor.Of<float>([.. task.Head.Bias], 1, task.Head.Outputs),
        }).Value["loss"].Values<float>();
        return losses.Average(loss => (double)loss);
    }
}
