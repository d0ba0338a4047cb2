using Mtl.Core.Definitions;
using Mtl.Graph;
using Mtl.Learning.Architectures;

namespace Mtl.Learning.Preprocessing.Modalities;

/// <summary>An image, a column for each number of it: channel by channel, row by row; all numbers of a channel share one scale.</summary>
public sealed record ImageInput(string Name, IReadOnlyList<NumericInput> Pixels, int Channels, int Height, int Width) : ModalityInput(Name, ModalityKind.Image)
{
    public override IReadOnlyList<InputColumn> Columns => Pixels;

    public override int Numbers => Pixels.Count;

    public override Node Preprocess(IReadOnlyList<Node> raw) => ScaledNumbers.Scale(Pixels, raw);

    public override ModelInputs Inputs(Node preprocessed) =>
        new(null, null, []) { Image = preprocessed.Reshape([preprocessed.Shape[0], Channels, Height, Width]) };
}
