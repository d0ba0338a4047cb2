using Mtl.Core.Definitions;
using Mtl.Graph;
using Mtl.Learning.Architectures;

namespace Mtl.Learning.Preprocessing.Modalities;

/// <summary>A modality's raw columns, as fitted on the training rows, and what an encoder sees of them.</summary>
/// <param name="Name">Its name in the definition.</param>
/// <param name="Kind">Text, image or series.</param>
public abstract record ModalityInput(string Name, ModalityKind Kind)
{
    /// <summary>The raw columns.</summary>
    public abstract IReadOnlyList<InputColumn> Columns { get; }

    /// <summary>Numbers that preprocessing makes of a row.</summary>
    public virtual int Numbers => 0;

    /// <summary>Ids that preprocessing makes of a row.</summary>
    public virtual int Ids => 0;

    /// <summary>From the raw columns' nodes, in the order of <see cref="Columns"/>, to float [batch, <see cref="Numbers"/>] or int64 [batch, <see cref="Ids"/>].</summary>
    public abstract Node Preprocess(IReadOnlyList<Node> raw);

    /// <summary>From what <see cref="Preprocess"/> gives to an encoder's inputs.</summary>
    public abstract ModelInputs Inputs(Node preprocessed);
}
