using Mtl.Learning.Architectures;
using Mtl.Learning.Weightings;
using Mtl.Runtime;

namespace Mtl.Learning.Training;

/// <summary>
/// Every Lₜ's gradient of the shared parameters as a row of [tasks, shared], and of the task's own parameters, in one run (<see cref="TaskGradientNodes"/>). Where that takes a backward pass for each task, the
/// runtime gives back what one held on the way before the next, so beside the rows memory does not grow with the tasks.
/// </summary>
internal sealed class TaskPass : IGradientPass
{
    private readonly StepInputs inputs;
    private readonly FlatBuffer? gradients;
    private readonly AlignedBuffer<float> rows;
    private readonly PenaltyGradients? penalties;
    private readonly StepInputs.Pass pass;

    /// <param name="inputs">What to run on.</param>
    /// <param name="losses">Where the tasks' losses go; null when only the shared parameters' gradients are wanted.</param>
    /// <param name="gradients">Where the gradients of the tasks' own parameters go; null likewise.</param>
    public TaskPass(StepInputs inputs, FlatBuffer? losses = null, FlatBuffer? gradients = null)
    {
        (this.inputs, this.gradients) = (inputs, gradients);
        var model = inputs.Model;
        rows = new AlignedBuffer<float>(checked(inputs.Losses.Count * model.SharedLength));
        penalties = gradients is null ? null : new PenaltyGradients(model);
        List<PassOutput> outputs = [.. penalties?.Outputs ?? []];
        ParameterSpec[][] concerned = [.. inputs.Losses.Select((_, task) => model.Parameters.Where(parameter => parameter.Task is null || (parameter.Task == task && gradients is not null)).ToArray())];
        var nodes = TaskGradientNodes.Of(inputs, task => concerned[task]);
        foreach (var (task, loss) in inputs.Losses.Index())
        {
            if (losses is not null)
                outputs.Add(JointPass.LossOutput(losses, task, loss));
            foreach (var (parameter, gradient) in concerned[task].Zip(nodes[task]))
            {
                var slot = model.Layout[parameter.Name];
                outputs.Add(new PassOutput(
                    $"gradient/{parameter.Name}/{task}",
                    gradient,
                    parameter.Task is null ? rows.ViewAt(task * model.SharedLength + slot.Offset, slot.Shape.AsSpan()) : gradients!.View(parameter.Name)));
            }
        }

        pass = inputs.Load("training step with each task's gradients", outputs);
    }

    public GradientMatrix TaskGradients => new(rows.Span, inputs.Losses.Count, inputs.Model.SharedLength, inputs.Model.SharedLength);

    public Span<float> Combined => gradients is null ? [] : gradients.All[..inputs.Model.SharedLength];

    public void Run(ReadOnlySpan<float> weights) => pass.Run();

    public void Finish()
    {
        if (gradients is not null)
            penalties?.AddTo(gradients.All);
    }

    public void Dispose()
    {
        pass.Dispose();
        rows.Dispose();
        penalties?.Dispose();
    }
}
