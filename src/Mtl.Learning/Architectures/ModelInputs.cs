using Mtl.Graph;

namespace Mtl.Learning.Architectures;

/// <summary>What preprocessing gives to a model: the inputs of its one modality, or those of several as <see cref="Parts"/>.</summary>
/// <param name="Features">Dense features, float [batch, F]; null when there are none.</param>
/// <param name="Categories">Category ids, int64 [batch, C]; null when no column is embedded.</param>
/// <param name="CategoryCounts">Ids of each embedded column, the unknown category's included; id 0 is the unknown category.</param>
public sealed record ModelInputs(Node? Features, Node? Categories, IReadOnlyList<int> CategoryCounts)
{
    /// <summary>A text as token ids.</summary>
    public TokenInputs? Tokens { get; init; }

    /// <summary>An image, scaled, float [batch, channels, height, width].</summary>
    public Node? Image { get; init; }

    /// <summary>A series, scaled, float [batch, length, channels].</summary>
    public Node? Series { get; init; }

    /// <summary>The modalities of a problem with several, each by itself; then nothing else is set. Empty in a problem with one.</summary>
    public IReadOnlyList<ModalityInputs> Parts { get; init; } = [];

    /// <summary>The same inputs with something done to every tensor whose first axis is the batch, such as picking rows.</summary>
    public ModelInputs Select(Func<Node, Node> change) => this with
    {
        Features = Changed(Features, change),
        Categories = Changed(Categories, change),
        Tokens = Tokens is { } tokens ? tokens with { Ids = change(tokens.Ids), Mask = change(tokens.Mask) } : null,
        Image = Changed(Image, change),
        Series = Changed(Series, change),
        Parts = [.. Parts.Select(part => part with { Inputs = part.Inputs.Select(change) })],
    };

    private static Node? Changed(Node? node, Func<Node, Node> change) => node is null ? null : change(node);
}

/// <summary>A text as token ids.</summary>
/// <param name="Ids">int64 [batch, tokens]: 0 beyond the text's end, 1 for what the vocabulary lacks.</param>
/// <param name="Mask">float [batch, tokens]: 1 for a token, 0 beyond the text's end.</param>
/// <param name="Count">Number of ids.</param>
public sealed record TokenInputs(Node Ids, Node Mask, int Count)
{
    /// <summary>Tokens of each row, those beyond a text's end included.</summary>
    public int Length => (int)Ids.Shape[1].Value;

    public static TokenInputs Of(Node ids, int count) => new(ids, ids.Greater(0).Cast(ElementType.Float), count);
}

/// <summary>One of several modalities.</summary>
/// <param name="Name">Its name in the definition; <c>columns</c> for the inputs that belong to no modality.</param>
/// <param name="Inputs">Its inputs alone.</param>
public sealed record ModalityInputs(string Name, ModelInputs Inputs);
