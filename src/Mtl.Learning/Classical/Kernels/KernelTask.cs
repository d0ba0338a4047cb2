using Mtl.Core.Definitions;
using Mtl.Runtime;

namespace Mtl.Learning.Classical.Kernels;

/// <summary>One output of a task as a kernel method learns it: a number, or a class (+1) against the rest (−1).</summary>
/// <param name="Task">The task.</param>
/// <param name="Output">Its output.</param>
/// <param name="Places">The labelled rows, as places among the training rows.</param>
/// <param name="Labels">Their values, or ±1.</param>
internal sealed record KernelTask(LearnerTask Task, int Output, int[] Places, double[] Labels)
{
    public bool IsClass => Task.Kind != TaskKind.Regression;

    public static IEnumerable<KernelTask> Of(LearnerData data)
    {
        foreach (var task in data.Tasks)
        {
            int[] places = [.. Enumerable.Range(0, data.TrainRows.Length).Where(place => task.Labelled[data.TrainRows[place]] != 0)];
            for (var output = 0; output < task.Outputs; output++)
            {
                var positive = task.Outputs == 1 ? 1 : output;
                double LabelOf(int place)
                {
                    var value = task.Values[data.TrainRows[place]];
                    return task.Kind == TaskKind.Regression ? value : (int)value == positive ? 1 : -1;
                }

                yield return new KernelTask(task, output, places, Array.ConvertAll(places, LabelOf));
            }
        }
    }

    /// <summary>What turns decisions into logits; 1 for a number.</summary>
    public double ScaleOf(ReadOnlySpan<double> decisions) => IsClass ? DecisionScale.Fit(decisions, Array.ConvertAll(Labels, label => label > 0)) : 1;

    /// <summary>Writes weights, one for each input of the task's linear layer, and the bias.</summary>
    public void Write(FlatBuffer parameters, ReadOnlySpan<double> weights, double bias)
    {
        var target = parameters[$"task/{Task.Name}/weight"];
        for (var i = 0; i < weights.Length; i++)
            target[i * Task.Outputs + Output] = (float)weights[i];
        parameters[$"task/{Task.Name}/bias"][Output] = (float)bias;
    }
}
