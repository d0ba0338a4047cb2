using Mtl.Graph;
using Mtl.Learning.Architectures;
using Mtl.Learning.Encoders;

namespace Mtl.Learning.Tests.Architectures;

/// <summary>Two layers over states [batch, channels, 2, 2].</summary>
internal sealed class GridEncoder : IEncoder
{
    public int Layers => 2;

    public Node Stem(ModelScope scope, ModelInputs inputs) => inputs.Features!.Reshape([inputs.Features!.Shape[0], 1, 2, 2]);

    public Node Layer(ModelScope scope, ModelInputs inputs, int layer, Node state)
    {
        var part = scope.In($"layer{layer + 1}");
        var weight = part.Parameter("weight", [3, state.Shape[1].Value, 1, 1], Initializers.Normal(0.7));
        return part.Dropout(state.Conv(weight, part.Parameter("bias", [3], Initializers.Normal(0.3))).Tanh(), 0.2);
    }

    public Node Pool(ModelInputs inputs, Node state) => state.ReduceMean([2, 3]);
}

/// <summary>Two layers over states [batch, tokens, features].</summary>
internal sealed class TokenEncoder : IEncoder
{
    public int Layers => 2;

    public int FeatureAxis => 2;

    public Node Stem(ModelScope scope, ModelInputs inputs) => inputs.Features!.Reshape([inputs.Features!.Shape[0], 2, 2]);

    public Node Layer(ModelScope scope, ModelInputs inputs, int layer, Node state)
    {
        var part = scope.In($"layer{layer + 1}");
        return part.Dropout(part.Linear(state, 3, Initializers.Normal(0.7)).Tanh(), 0.2);
    }

    public Node Pool(ModelInputs inputs, Node state) => state.ReduceMean([1]);
}
