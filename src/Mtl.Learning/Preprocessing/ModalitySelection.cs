using Mtl.Core.Definitions;
using Mtl.Data.Tables;
using Mtl.Learning.Preprocessing.Modalities;
using Mtl.Learning.Preprocessing.Tokenizers;

namespace Mtl.Learning.Preprocessing;

/// <summary>One modality and its columns, checked.</summary>
/// <param name="Definition">As the user gave it, completed.</param>
/// <param name="Columns">In the modality's order.</param>
internal sealed record ModalitySelection(ModalityDefinition Definition, IReadOnlyList<Column> Columns)
{
    /// <summary>Fits scale or vocabulary on the training rows.</summary>
    public ModalityInput Fit(int[] trainRows) => Definition.Kind switch
    {
        ModalityKind.Text => new TextInput(Definition.Name, TokenizerTable.Methods.Create(Definition.Tokenizer!).Value.Fit(Columns[0].Name, Texts(trainRows))),
        ModalityKind.Image => new ImageInput(
            Definition.Name,
            ScaledNumbers.Fit(Numbers, trainRows, place => place / (Columns.Count / Definition.Channels)),
            Definition.Channels,
            Size.Height,
            Size.Width),
        ModalityKind.Series => new SeriesInput(Definition.Name, ScaledNumbers.Fit(Numbers, trainRows, place => place % Definition.Channels), Definition.Channels),
        _ => throw new InvalidOperationException($"Modality '{Definition.Name}' is of kind {Definition.Kind}."),
    };

    /// <summary>Rows and columns of an image; a square one where the definition gives neither.</summary>
    public (int Height, int Width) Size => Definition.Height > 0
        ? (Definition.Height, Definition.Width)
        : ((int)Math.Sqrt(Columns.Count / Definition.Channels), (int)Math.Sqrt(Columns.Count / Definition.Channels));

    private IReadOnlyList<NumericColumn> Numbers => [.. Columns.Cast<NumericColumn>()];

    private List<(string Text, int Rows)> Texts(int[] trainRows)
    {
        var text = Columns[0].AsText();
        var counts = new int[text.Vocabulary.Length];
        foreach (var row in trainRows)
            if (text.Codes[row] is var code and not TextColumn.Missing)
                counts[code]++;
        return [.. text.Vocabulary.Zip(counts).Where(entry => entry.Second > 0)];
    }
}
