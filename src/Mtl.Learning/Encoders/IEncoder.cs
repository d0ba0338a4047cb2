using Mtl.Core.Definitions;
using Mtl.Graph;
using Mtl.Learning.Architectures;

namespace Mtl.Learning.Encoders;

/// <summary>
/// Turns a model's inputs into a representation, layer by layer, so that architectures can share, mix or mask what lies between the layers. One folder per encoder: an options record, and
/// a class that builds the graph and nothing else. Pure; may be built several times in one model, each time in another scope. Add its row to <see cref="EncoderTable"/>.
/// </summary>
public interface IEncoder
{
    /// <summary>The kinds of inputs it reads.</summary>
    IReadOnlyList<ModalityKind> Takes { get; }

    /// <summary>Number of layers after the stem, at least 1.</summary>
    int Layers { get; }

    /// <summary>The inputs as the first layer takes them: joined features, embedded tokens, images. Its first axis is the batch.</summary>
    Node Stem(ModelScope scope, ModelInputs inputs);

    /// <summary>One layer; a state's features lie along its last axis, [batch, …, features], and its shape depends on the layer alone, so states of the same layer built in different scopes can be mixed.</summary>
    /// <param name="scope">Where the layer takes its parameters from.</param>
    /// <param name="inputs">The model's inputs, for masks.</param>
    /// <param name="layer">From 0.</param>
    /// <param name="state">The stem, or the layer before.</param>
    Node Layer(ModelScope scope, ModelInputs inputs, int layer, Node state);

    /// <summary>The last layer's state as one vector per row, float [batch, width]; has no parameters. A text's state is [batch, tokens, width] before.</summary>
    Node Pool(ModelInputs inputs, Node state);
}

/// <summary>What follows from an encoder's parts.</summary>
public static class EncoderExtensions
{
    /// <summary>Stem and all layers: the last layer's state, before pooling.</summary>
    public static Node Encode(this IEncoder encoder, ModelScope scope, ModelInputs inputs) =>
        encoder.Continue(scope, inputs, encoder.Stem(scope, inputs), ..encoder.Layers);

    /// <summary>Some layers, one after another.</summary>
    /// <param name="encoder">Whose layers.</param>
    /// <param name="scope">Where they take their parameters from.</param>
    /// <param name="inputs">The model's inputs.</param>
    /// <param name="state">What the first of them takes.</param>
    /// <param name="layers">Which of the encoder's layers.</param>
    public static Node Continue(this IEncoder encoder, ModelScope scope, ModelInputs inputs, Node state, Range layers)
    {
        var (first, count) = layers.GetOffsetAndLength(encoder.Layers);
        for (var layer = first; layer < first + count; layer++)
            state = encoder.Layer(scope, inputs, layer, state);
        return state;
    }
}
