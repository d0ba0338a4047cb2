using Mtl.Graph;
using Mtl.Learning.Encoders;

namespace Mtl.Learning.Architectures;

/// <summary>What an architecture builds from.</summary>
/// <param name="Inputs">The preprocessed columns.</param>
/// <param name="Heads">The tasks, in the definition's order.</param>
/// <param name="Encoder">The encoder of the definition, to be used once or several times, in scopes of the architecture's choice.</param>
/// <param name="Shared">The scope of what the tasks share.</param>
/// <param name="Tasks">Each task's scope, for what it alone uses.</param>
public sealed record ArchitectureContext(ModelInputs Inputs, IReadOnlyList<Head> Heads, IEncoder Encoder, ModelScope Shared, IReadOnlyList<ModelScope> Tasks)
{
    /// <summary>Whose the batch's rows are; null where the tasks share all rows, and in the exported model, where every task predicts every row.</summary>
    public TaskRows? Rows { get; init; }

    /// <summary>The inputs of a task's own part of the model; in a problem where tasks do not share rows, those of the task's rows alone.</summary>
    public ModelInputs InputsOf(int task) => Rows is null ? Inputs : Rows.Of(task, Inputs);

    /// <summary>What a task's own part of the model sees of a state of the whole batch: its rows. A node that was computed from <see cref="InputsOf"/> has no other rows.</summary>
    public Node RowsOf(int task, Node state)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(task, Heads.Count);
        return Rows is null ? state : Rows.Of(task, state);
    }

    /// <summary>
    /// A task's head on the encoder's last state of the task's rows: pooled to [rows, n], an optional hidden layer with ReLU, then a linear layer; gives [rows, outputs]. A head that tags words applies its layers to
    /// each word of the state instead.
    /// </summary>
    public Node BuildHead(int task, Node state, int hiddenUnits)
    {
        var scope = Tasks[task].In("head");
        var head = Heads[task];
        var last = head.Words == 0 ? Encoder.Pool(InputsOf(task), state) : WordsOf(state, head.Words);
        if (hiddenUnits > 0)
            last = scope.In("hidden").Linear(last, hiddenUnits, Initializers.He((int)last.Shape[^1].Value)).Relu();
        var each = head.Outputs / Math.Max(1, head.Words);
        var output = scope.In("output").Linear(last, each, bias: Initializers.Values([.. head.Bias.Take(each)]));
        return output.Reshape([state.Shape[0], head.Outputs]);
    }

    /// <summary>One row per word: [rows, words, n] → [rows · words, n].</summary>
    private static Node WordsOf(Node state, int words) => state.Shape.Rank == 3 && state.Shape[1] == words
        ? state.Reshape([state.Shape[0] * words, state.Shape[2]])
        : throw new InvalidOperationException($"A head for {words} words needs a state [rows, {words}, n], and the encoder's is {state.Shape}.");
}
