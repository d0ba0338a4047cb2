using Mtl.Graph;
using Mtl.Learning.Encoders;

namespace Mtl.Learning.Architectures.Soft;

/// <summary>
/// An encoder and a head for each task, and a penalty on how far the encoders' parameters θₜ are from each other:
/// <code>ŷₜ = headₜ(encoderₜ(x)),   R = λ/T · Σₛ﹤ₜ ‖θₛ − θₜ‖² = λ · Σₜ ‖θₜ − θ̄‖²</code>
/// The encoders start out equal, as only the distance of networks whose units correspond means something. All parameters are their task's own: a task's loss reaches no other's, so a gradient
/// balancer has nothing to balance and is refused, while loss weightings weigh the losses against each other and the penalty. One epoch is kept for all tasks.
/// Source: Duong et al., "Low Resource Dependency Parsing: Cross-lingual Parameter Sharing in a Neural Network Parser", ACL 2015.
/// </summary>
public sealed class SoftParameterSharing(SoftParameterSharingOptions options) : IArchitecture
{
    public IReadOnlyList<Node> Build(ArchitectureContext context)
    {
        var scopes = context.Tasks.Select(scope => scope.In("encoder").StartingAs("encoder")).ToArray();
        Node[] outputs =
        [
            .. scopes.Select((scope, task) => context.BuildHead(task, context.Encoder.Encode(scope, context.InputsOf(task)), options.HeadUnits)),
        ];

        if (options.Strength > 0 && scopes.Length > 1)
            Tie(context.Shared, [.. scopes.Select(scope => scope.Parameters)]);
        return outputs;
    }

    /// <summary>A term for each tensor of the encoders.</summary>
    private void Tie(ModelScope scope, IReadOnlyList<ParameterSpec>[] encoders)
    {
        for (var tensor = 0; tensor < encoders[0].Count; tensor++)
        {
            Node[] values = [.. encoders.Select(parameters => parameters[tensor].Node)];
            var mean = values.Sum() * (1.0 / values.Length);
            scope.Penalty(values.Select(value => (value - mean).SumOfSquares()).ToArray().Sum() * options.Strength);
        }
    }
}
