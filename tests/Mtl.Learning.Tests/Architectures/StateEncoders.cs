using Mtl.Core.Definitions;
using Mtl.Graph;
using Mtl.Learning.Architectures;
using Mtl.Learning.Encoders;

namespace Mtl.Learning.Tests.Architectures;

/// <summary>Two layers over states [batch, 2, 2, channels].</summary>
internal sealed class GridEncoder : IEncoder
{
    public IReadOnlyList<ModalityKind> Takes => [ModalityKind.Columns];

    public int Layers => 2;

    public Node Stem(ModelScope scope, ModelInputs inputs) => inputs.Features!.Reshape([inputs.Features!.Shape[0], 2, 2, 1]);

    public Node Layer(ModelScope scope, ModelInputs inputs, int layer, Node state)
    {
        var part = scope.In($"layer{layer + 1}");
        return part.Dropout(part.Linear(state, 3, Initializers.Normal(0.7), Initializers.Normal(0.3)).Tanh(), 0.2);
    }

    public Node Pool(ModelInputs inputs, Node state) => state.ReduceMean([1, 2]);
}

/// <summary>Two layers over states [batch, tokens, features].</summary>
internal sealed class TokenEncoder : IEncoder
{
    public IReadOnlyList<ModalityKind> Takes => [ModalityKind.Columns];

    public int Layers => 2;

    public Node Stem(ModelScope scope, ModelInputs inputs) => inputs.Features!.Reshape([inputs.Features!.Shape[0], 2, 2]);

    public Node Layer(ModelScope scope, ModelInputs inputs, int layer, Node state)
    {
        var part = scope.In($"layer{layer + 1}");
        return part.Dropout(part.Linear(state, 3, Initializers.Normal(0.7)).Tanh(), 0.2);
    }

    public Node Pool(ModelInputs inputs, Node state) => state.ReduceMean([1]);
}
