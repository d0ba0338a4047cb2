using Mtl.Core.Definitions;
using Mtl.Graph;
using Mtl.Learning.Architectures;
using Mtl.Learning.Preprocessing.Tokenizers;

namespace Mtl.Learning.Preprocessing.Modalities;

/// <summary>A text, as the ids of its tokens.</summary>
public sealed record TextInput(string Name, TokenizedColumn Column) : ModalityInput(Name, ModalityKind.Text)
{
    public override IReadOnlyList<InputColumn> Columns => [Column];

    public override int Ids => Column.MaximumTokens;

    public override Node Preprocess(IReadOnlyList<Node> raw) => Column.Ids(raw[0]);

    public override ModelInputs Inputs(Node preprocessed) => new(null, null, []) { Tokens = TokenInputs.Of(preprocessed, Column.Count) };
}
