using Mtl.Graph;
using Mtl.Learning.Architectures;

namespace Mtl.Learning.Encoders;

/// <summary>
/// Turns preprocessed columns into a representation. One folder per encoder: an options record, and a class that builds the graph and nothing else. Pure; may be built several
/// times in one model, each time in another scope. Add its row to <see cref="EncoderTable"/>.
/// </summary>
public interface IEncoder
{
    /// <summary>Builds the representation, float [batch, width], with parameters taken from <paramref name="scope"/>.</summary>
    Node Build(ModelScope scope, ModelInputs inputs);
}
