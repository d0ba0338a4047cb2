namespace Mtl.Graph.Autodiff;

internal static partial class VjpRules
{
    private static Dictionary<Op, VjpRule> Elementwise => new()
    {
        [Op.Add] = (g, n) => [g, g],
        [Op.Sub] = (g, n) => [g, -g],
        [Op.Mul] = (g, n) => n.Inputs[0] == n.Inputs[1] ? [g * 2 * n.Inputs[0], null] : [g * n.Inputs[1], g * n.Inputs[0]],
        [Op.Div] = (g, n) => g / n.Inputs[1] is var scaled ? [scaled, -(scaled * n)] : [],
        [Op.Sum] = (g, n) => [.. n.Inputs.Select(_ => g)],
        [Op.Neg] = (g, n) => [-g],
        [Op.Pow] = (g, n) => [g * PowerSlope(n), g * n * n.Inputs[0].Log()],
        [Op.Max] = (g, n) => n.Inputs[1].Sub(n.Inputs[0]).Step() is var second ? [g * (1 - second), g * second] : [],
        [Op.Min] = (g, n) => n.Inputs[0].Sub(n.Inputs[1]).Step() is var second ? [g * (1 - second), g * second] : [],

        [Op.Abs] = (g, n) => [g * n.Inputs[0].Sign()],
        [Op.Exp] = (g, n) => [g * n],
        [Op.Log] = (g, n) => [g / n.Inputs[0]],
        [Op.Sqrt] = (g, n) => [g * 0.5 / n],
        [Op.Relu] = (g, n) => [g * n.Step()],
        [Op.Sigmoid] = (g, n) => [g * (n - n * n)],
        [Op.Tanh] = (g, n) => [g * (1 - n * n)],
        [Op.Softplus] = (g, n) => [g * n.Inputs[0].Sigmoid()],
        [Op.Erf] = (g, n) => [g * ((-n.Inputs[0].Square()).Exp() * (2 / Math.Sqrt(Math.PI)))],
        [Op.HardSigmoid] = (g, n) => [HardSigmoidGradient(g, n)],
        [Op.Elu] = (g, n) => [n.Inputs[0].Greater(0).Where(g, g * (n + n.Attributes.Float("alpha")))],
        [Op.LeakyRelu] = (g, n) => [g * (n.Inputs[0].Step() * (1 - n.Attributes.Float("alpha")) + n.Attributes.Float("alpha"))],
        [Op.Clip] = (g, n) => [g * (n.Inputs[0].Sub(n.Inputs[1]).Step() * n.Inputs[2].Sub(n.Inputs[0]).Step()), null, null],
        [Op.Where] = (g, n) => [null, n.Inputs[0].Where(g, g.Like(0)), n.Inputs[0].Where(g.Like(0), g)],
        [Op.Identity] = (g, n) => [g],
        [Op.Cast] = (g, n) => [n.IsFloating && n.Inputs[0].IsFloating ? g.Cast(n.Inputs[0].ElementType) : null],

        [Op.Floor] = None,
        [Op.Sign] = None,
        [Op.Equal] = None,
        [Op.Less] = None,
        [Op.Greater] = None,
        [Op.And] = None,
        [Op.Or] = None,
        [Op.Not] = None,
        [Op.IsNaN] = None,
    };

    /// <summary>b·aᵇ⁻¹.</summary>
    private static Node PowerSlope(Node n) => n.Inputs[0].Pow(n.Inputs[1] - 1) * n.Inputs[1];

    /// <summary>alpha between the two bends, 0 outside; none for the unit step.</summary>
    private static Node? HardSigmoidGradient(Node g, Node n) => n.Attributes.Float("alpha") is var alpha && alpha >= ActivationOperators.StepSlope
        ? null
        : g * (n.Step() * (1 - n).Step() * alpha);
}
