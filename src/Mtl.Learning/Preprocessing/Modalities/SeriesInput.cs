using Mtl.Core.Definitions;
using Mtl.Graph;
using Mtl.Learning.Architectures;

namespace Mtl.Learning.Preprocessing.Modalities;

/// <summary>A series, a column for each number of it: moment by moment, the channels of one moment together; all numbers of a channel share one scale.</summary>
public sealed record SeriesInput(string Name, IReadOnlyList<NumericInput> Values, int Channels) : ModalityInput(Name, ModalityKind.Series)
{
    public override IReadOnlyList<InputColumn> Columns => Values;

    public override int Numbers => Values.Count;

    public override Node Preprocess(IReadOnlyList<Node> raw) => ScaledNumbers.Scale(Values, raw);

    public override ModelInputs Inputs(Node preprocessed) =>
        new(null, null, []) { Series = preprocessed.Reshape([preprocessed.Shape[0], Values.Count / Channels, Channels]) };
}
