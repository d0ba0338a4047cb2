using Mtl.Graph;
using Mtl.Learning.Encoders;

namespace Mtl.Learning.Architectures.DSelectK;

/// <summary>
/// Shared experts as in MMoE, of which each task chooses at most k by continuously differentiable gates. With n = 2^m experts, a selector is m numbers z through a smooth step S, read as the binary digits of an
/// expert's number; k selectors are averaged by a softmax:
/// <code>
/// S(z) = 0 below −γ/2, 1 above γ/2, between them −2/γ³·z³ + 3/(2γ)·z + ½
/// r(z)ᵢ = Πⱼ S(zⱼ) where digit j of i is 1, 1 − S(zⱼ) where it is 0
/// gₜ = Σₗ softmax(αₜ)ₗ · r(zₜₗ),   ŷₜ = headₜ(Σᵢ gₜᵢ · expertᵢ(x₀)),   R = λ · Σₜ Σₗ mean over rows of −Σᵢ rᵢ log rᵢ
/// </code>
/// z and α are a task's own parameters, or linear in the stem x₀ of each row (perExample). z starts within ±γ/100 and α within ±0.05, as in the authors' code. All experts are computed, chosen or not; with n a power
/// of two no number lacks its expert, so the source's second penalty is not needed.
/// Source: Hazimeh et al., "DSelect-k: Differentiable Selection in the Mixture of Experts with Applications to Multi-Task Learning", NeurIPS 2021.
/// </summary>
public sealed class DSelectKGates(DSelectKGatesOptions options) : IArchitecture
{
    /// <summary>What keeps log r finite where r is 0, as in the authors' code.</summary>
    private const double LogFloor = 1e-6;

    public IReadOnlyList<Node> Build(ArchitectureContext context)
    {
        var encoder = context.Encoder;
        var stem = encoder.Stem(context.Shared.In("encoder"), context.Inputs);
        Node[] experts = [.. Enumerable.Range(1, 1 << options.Bits).Select(expert => encoder.Continue(context.Shared.In($"expert{expert}"), context.Inputs, stem, ..))];
        var input = Gate.Input(stem);
        return
        [
            .. context.Heads.Select((_, task) =>
            {
                var gate = Selection(context.Tasks[task].In("gate"), context.RowsOf(task, input));
                return context.BuildHead(task, Gate.Mix(gate, [.. experts.Select(expert => context.RowsOf(task, expert))]), options.HeadUnits);
            }),
        ];
    }

    /// <summary>The experts' weights, [batch or 1, experts].</summary>
    private Node Selection(ModelScope scope, Node input)
    {
        var digits = Numbers(scope.In("digits"), input, options.Selected * options.Bits, options.Gamma / 100);
        var shares = Numbers(scope.In("shares"), input, options.Selected, 0.05).Softmax();
        var on = SmoothStep(digits).Split(1, [.. Enumerable.Repeat(1L, options.Selected * options.Bits)]);
        Node[] selectors = [.. on.Chunk(options.Bits).Select(Selector)];
        if (options.EntropyWeight > 0)
            scope.Penalty(selectors.Select(r => -(r * (r + LogFloor).Log()).ReduceSum([1]).ReduceMean()).ToArray().Sum() * options.EntropyWeight);
        return Gate.Mix(shares, selectors);
    }

    private Node Numbers(ModelScope scope, Node input, int count, double bound)
    {
        Initializer start = (values, random) => random.FillUniform(values, (float)-bound, (float)bound);
        return options.PerExample ? scope.Linear(input, count, start) : scope.Parameter("weight", [1, count], start);
    }

    private Node SmoothStep(Node z)
    {
        var (gamma, t) = (options.Gamma, z.Clip(-options.Gamma / 2, options.Gamma / 2));
        return (t * t * t * (-2 / (gamma * gamma * gamma))) + (t * (3 / (2 * gamma))) + 0.5;
    }

    /// <summary>r: from each digit's chance to be 1, [batch or 1, 1], the experts' weights, [batch or 1, experts].</summary>
    private static Node Selector(Node[] digits)
    {
        Node[] products = [digits[0].Like(1)];
        foreach (var digit in digits)
            products = [.. products.Select(product => (1 - digit) * product), .. products.Select(product => digit * product)];
        return products.Concat(1);
    }
}
