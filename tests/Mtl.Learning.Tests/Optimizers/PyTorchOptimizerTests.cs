using System.Text.Json.Nodes;
using Mtl.Core.Catalogue;
using Mtl.Core.Random;
using Mtl.Learning.Optimizers;
using Mtl.Learning.Tests.Oracles;

namespace Mtl.Learning.Tests.Optimizers;

/// <summary>Twenty steps on random gradients, against torch.optim.</summary>
public class PyTorchOptimizerTests
{
    private const int Count = 53;
    private const int Steps = 20;
    private const double Tolerance = 1e-6;

    private static readonly (string Key, string Options, string Torch)[] Cases =
    [
        ("sgd", """{"momentum":0}""", "SGD(p, lr=0.01)"),
        ("sgd", """{"momentum":0,"weightDecay":0.1}""", "SGD(p, lr=0.01, weight_decay=0.1)"),
        ("sgd", """{"momentum":0.9,"weightDecay":0.05}""", "SGD(p, lr=0.01, momentum=0.9, weight_decay=0.05)"),
        ("sgd", """{"momentum":0.8,"nesterov":true}""", "SGD(p, lr=0.01, momentum=0.8, nesterov=True)"),
        ("adam", "{}", "Adam(p, lr=0.001)"),
        ("adam", """{"learningRate":0.02,"beta1":0.8,"beta2":0.95,"epsilon":1e-4,"weightDecay":0.1}""", "Adam(p, lr=0.02, betas=(0.8, 0.95), eps=1e-4, weight_decay=0.1)"),
        ("rmsprop", "{}", "RMSprop(p)"),
        ("rmsprop", """{"learningRate":0.02,"decay":0.9,"momentum":0.5,"centered":true,"weightDecay":0.1}""", "RMSprop(p, lr=0.02, alpha=0.9, momentum=0.5, centered=True, weight_decay=0.1)"),
        ("adagrad", "{}", "Adagrad(p)"),
        ("adagrad", """{"learningRate":0.2,"rateDecay":0.1,"initialSum":0.5,"weightDecay":0.1}""", "Adagrad(p, lr=0.2, lr_decay=0.1, initial_accumulator_value=0.5, weight_decay=0.1)"),
        ("adamw", "{}", "AdamW(p, lr=0.001)"),
        ("adamw", """{"learningRate":0.02,"weightDecay":0.2}""", "AdamW(p, lr=0.02, weight_decay=0.2)"),
    ];

    [Fact]
    public void Steps_are_those_of_PyTorch()
    {
        var start = new float[Count];
        new CounterRandom(1, "start").FillUniform(start, 1, 3);
        var gradients = Enumerable.Range(0, Steps).Select(Gradient).ToArray();

        var expected = PythonOracle.Ask(
            "torch",
            """
            def parameters_after(constructor):
                theta = torch.tensor(given['start'], dtype=torch.float32, requires_grad=True)
                optimizer = eval('torch.optim.' + constructor, {'torch': torch, 'p': [theta]})
                for gradient in given['gradients']:
                    theta.grad = torch.tensor(gradient, dtype=torch.float32)
                    optimizer.step()
                return theta.tolist()
            answer = [parameters_after(constructor) for constructor in given['constructors']]
            """,
            new { start, gradients, constructors = Cases.Select(row => row.Torch) }).AsArray();

        foreach (var (row, answer) in Cases.Zip(expected))
        {
            var actual = ParametersAfter(row.Key, row.Options, start, gradients);
            for (var i = 0; i < Count; i++)
            {
                var value = answer![i]!.GetValue<double>();
                ((double)actual[i]).ShouldBe(value, Tolerance * Math.Abs(value), $"{row.Torch}, parameter {i}");
            }
        }
    }

    private static float[] ParametersAfter(string key, string options, float[] start, float[][] gradients)
    {
        var parameters = start.ToArray();
        var optimizer = (IGradientOptimizer)OptimizerTable.Methods.Create(new Choice(key, JsonNode.Parse(options)!.AsObject().ToDictionary(o => o.Key, o => o.Value?.DeepClone()))).Value(Count);
        foreach (var gradient in gradients)
            optimizer.Step(parameters, gradient, optimizer.LearningRate);
        return parameters;
    }

    private static float[] Gradient(int step)
    {
        var gradient = new float[Count];
        new CounterRandom(1, "gradients").Fork((ulong)step).FillNormal(gradient);
        return gradient;
    }
}
