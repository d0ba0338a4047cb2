using Mtl.Graph;
using Mtl.Graph.Autodiff;
using Mtl.Learning.Weightings;
using Mtl.Runtime;
using ElementType = Mtl.Graph.ElementType;

namespace Mtl.Learning.Training;

/// <summary>One backward pass: the gradient of Σ λₜLₜ and the penalty for all parameters. λ is given, or what the weighting makes of the batch's losses, held fixed in the backward pass.</summary>
internal sealed class JointPass : IGradientPass
{
    private const string PenaltyName = "penalty";
    private const string ShareName = "penalty share";

    private readonly FlatBuffer lambdas;
    private readonly FlatBuffer penalties;
    private readonly TensorSlot[] slots;
    private readonly FlatBuffer? made;
    private readonly float[] used;
    private readonly StepInputs.Pass pass;

    /// <param name="inputs">What to run on.</param>
    /// <param name="losses">Where the tasks' losses go.</param>
    /// <param name="gradients">Where the parameters' gradients go.</param>
    /// <param name="dependent">Makes λ of the losses; null when the weights of a run are λ.</param>
    public JointPass(StepInputs inputs, FlatBuffer losses, FlatBuffer gradients, LossDependentWeighting? dependent = null)
    {
        lambdas = new FlatBuffer(new TensorLayout(inputs.Losses.Select((_, task) => ($"lambda{task}", losses.Layout.Slots[task].Shape))));
        slots = [.. lambdas.Layout.Slots];
        penalties = new FlatBuffer(new TensorLayout([(PenaltyName, losses.Layout.Slots[0].Shape), (ShareName, losses.Layout.Slots[0].Shape)]));
        used = new float[slots.Length];
        Node[] given = [.. slots.Select(slot => Node.Input(slot.Name, ElementType.Float, Shape.Scalar))];
        var scales = dependent?.Lambdas(inputs.Losses, given) ?? given;
        made = dependent is null ? null : new FlatBuffer(lambdas.Layout);
        Node[] parameters = [.. inputs.Model.Parameters.Select(parameter => parameter.Node)];
        var pulled = inputs.Model.Penalty is { } penalty
            ? Gradient.Pullback([.. inputs.Losses, penalty], [.. scales, Node.Input(ShareName, ElementType.Float, Shape.Scalar)], parameters)
            : Gradient.Pullback(inputs.Losses, scales, parameters);
        var nodes = pulled.Zip(parameters, (gradient, parameter) => gradient ?? parameter.ZerosLike());
        pass = inputs.Load(
            "training step",
            [
                .. inputs.Losses.Select((loss, task) => LossOutput(losses, task, loss)),
                .. inputs.Model.Penalty is { } term ? [new PassOutput(PenaltyName, term, penalties.View(PenaltyName))] : Array.Empty<PassOutput>(),
                .. made is null ? [] : slots.Select((slot, task) => new PassOutput($"made/{slot.Name}", scales[task], made.View(slot.Name))),
                .. inputs.Model.Parameters.Zip(nodes, (parameter, gradient) => new PassOutput($"gradient/{parameter.Name}", gradient, gradients.View(parameter.Name))),
            ],
            slots.Select(slot => (slot.Name, View: lambdas.View(slot.Name))).Append((ShareName, penalties.View(ShareName))).ToDictionary(entry => entry.Item1, entry => entry.Item2));
        PenaltyShare = 1;
    }

    /// <summary>The penalty at the last run; 0 where the model has none.</summary>
    public float Penalty => penalties[PenaltyName][0];

    /// <summary>How much of the penalty's gradient goes into the parameters'; 1 unless set.</summary>
    public float PenaltyShare
    {
        set => penalties[ShareName][0] = value;
    }

    /// <summary>λ of the last run, [tasks].</summary>
    public ReadOnlySpan<float> Lambdas => used;

    public GradientMatrix TaskGradients => new([], 0, 0, 0);

    public Span<float> Combined => [];

    public void Run(ReadOnlySpan<float> weights)
    {
        for (var task = 0; task < slots.Length; task++)
            lambdas[slots[task]][0] = weights[task];
        pass.Run();
        for (var task = 0; task < slots.Length; task++)
            used[task] = (made ?? lambdas)[slots[task]][0];
    }

    public void Finish()
    {
    }

    public void Dispose()
    {
        pass.Dispose();
        lambdas.Dispose();
        penalties.Dispose();
        made?.Dispose();
    }

    /// <summary>A task's loss as an output of a pass.</summary>
    public static PassOutput LossOutput(FlatBuffer losses, int task, Node loss) => new(losses.Layout.Slots[task].Name, loss, losses.View(losses.Layout.Slots[task].Name));
}
