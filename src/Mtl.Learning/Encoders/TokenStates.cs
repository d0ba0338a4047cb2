using Mtl.Graph;
using Mtl.Learning.Architectures;

namespace Mtl.Learning.Encoders;

/// <summary>What the encoders of texts share: embedded tokens before their layers, one vector per text after them.</summary>
internal static class TokenStates
{
    /// <summary>A learned vector for each token: [batch, tokens, width].</summary>
    public static Node Embed(this ModelScope scope, TokenInputs tokens, int width, double deviation) =>
        scope.In("embedding").Parameter("weight", [tokens.Count, width], Initializers.Normal(deviation)).Gather(tokens.Ids, 0);

    /// <summary>The text among the inputs.</summary>
    public static TokenInputs Text(this ModelInputs inputs) => inputs.Tokens ?? throw new InvalidOperationException("There is no text among the inputs.");

    /// <summary>A state with zeros beyond each text's end.</summary>
    public static Node Masked(this Node state, TokenInputs tokens) => state * tokens.Mask.Unsqueeze(2);

    /// <summary>The mean of each text's tokens, [batch, tokens, width] → [batch, width]; zeros for a text without any.</summary>
    public static Node MaskedMean(this Node state, TokenInputs tokens)
    {
        var count = tokens.Mask.ReduceSum([1], keep: true).Max(1);
        return (tokens.Mask / count).Unsqueeze(1).MatMul(state).Reshape([state.Shape[0], state.Shape[2]]);
    }
}
