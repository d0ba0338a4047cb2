using System.Text.Json.Nodes;
using Mtl.Core.Random;
using Mtl.Graph;
using Mtl.Learning.Architectures;
using Mtl.Learning.Encoders;
using Mtl.Learning.Encoders.Mlp;
using Mtl.Testing.Graphs;
using Definitions = Mtl.Learning.Tests.Training.Sample;

namespace Mtl.Learning.Tests.Architectures;

/// <summary>An architecture over four features, with its initial values, to be evaluated and differentiated.</summary>
internal sealed class BuiltModel
{
    public const int Features = 4;
    private const int Rows = 5;

    private readonly Node features = Node.Input("features", ElementType.Float, ["batch", Features]);

    /// <param name="key">The architecture.</param>
    /// <param name="tasks">The tasks' names, in order.</param>
    /// <param name="encoder">A perceptron of two layers when null.</param>
    /// <param name="training">Whether as it is trained.</param>
    /// <param name="options">Of the architecture.</param>
    public BuiltModel(string key, IReadOnlyList<string> tasks, IEncoder? encoder = null, bool training = false, params (string Name, JsonNode Value)[] options)
    {
        var architecture = ArchitectureTable.Methods.Create(Definitions.Choice(key, options)).Value;
        var inputs = new ModelInputs(features, null, []);
        Model = Model.Build(architecture, encoder ?? Perceptron(4, 3), inputs, [.. tasks.Select(task => new Head(task, 2, [0.1f, 0.2f]))], training);
        Values = Model.Parameters.ToDictionary(parameter => parameter.Name, parameter =>
        {
            var values = new float[parameter.Shape.Aggregate(1L, (product, size) => product * size)];
            parameter.Initializer(values, new CounterRandom(7, "initial parameters").Fork(parameter.Origin));
            return values;
        });
    }

    public Model Model { get; }

    /// <summary>The parameters' values by name, to be changed at will.</summary>
    public Dictionary<string, float[]> Values { get; }

    public static IEncoder Perceptron(params int[] widths) => new MultiLayerPerceptron(new MultiLayerPerceptronOptions { Widths = widths, Activation = Activation.Tanh, Dropout = 0.2 });

    /// <summary>Takes over the other's values of all parameters whose renamed names it has.</summary>
    public BuiltModel With(BuiltModel other, Func<string, string>? rename = null)
    {
        foreach (var name in Values.Keys)
            if (other.Values.TryGetValue(rename?.Invoke(name) ?? name, out var values))
                values.CopyTo(Values[name], 0);
        return this;
    }

    public void Fill(string name, params float[] values)
    {
        for (var i = 0; i < Values[name].Length; i++)
            Values[name][i] = values[i % values.Length];
    }

    /// <summary>Each task's output at fixed random rows.</summary>
    public double[][] Outputs()
    {
        using var evaluation = new Evaluation(Model.Outputs);
        return [.. evaluation.Run(Point(step: 1)).Select(value => value.ToDoubles())];
    }

    /// <summary>Σ of squares of all outputs (weighed apart), and the penalty.</summary>
    public Node Objective() => Model.Outputs.Select((output, task) => (output - 0.3).Square().ReduceMean() * (1 + task))
        .Concat(Model.Penalty is { } penalty ? [penalty] : Array.Empty<Node>()).ToArray().Sum();

    /// <summary>Features, parameters and step values as they are at a step.</summary>
    public IReadOnlyList<(Node Input, TensorValue Value)> Point(long step)
    {
        var rows = new float[Rows * Features];
        new CounterRandom(3, "rows").FillNormal(rows);
        return
        [
            (features, TensorValue.Of([Rows, Features], rows)),
            .. Model.Parameters.Select(parameter => (parameter.Node, TensorValue.Of(parameter.Node.Shape, Values[parameter.Name]))),
            .. Model.StepValues.Select(value => (value.Node, Filled(value, step))),
        ];
    }

    private static TensorValue Filled(StepValue value, long step)
    {
        var shape = value.IsBatched ? Shape.From([Rows, .. value.RowShape]) : value.Node.Shape;
        var values = new float[(int)shape.Size.Value];
        value.Fill(values, new CounterRandom(7, value.Purpose).Fork(value.Name).Fork((ulong)step), new StepMoment(step, step / 7.0));
        return TensorValue.Of(shape, values);
    }
}
