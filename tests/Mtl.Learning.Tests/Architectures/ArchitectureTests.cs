using Mtl.Graph;
using Mtl.Graph.Autodiff;
using Mtl.Learning.Architectures;
using Mtl.Learning.Encoders;
using Mtl.Testing.Graphs;

namespace Mtl.Learning.Tests.Architectures;

/// <summary>What holds for every architecture of the table, over vectors, images and tokens.</summary>
public class ArchitectureTests
{
    private static readonly string[] Names = ["one", "two", "three"];

    private static readonly Dictionary<string, Func<IEncoder>> Encoders = new()
    {
        ["vectors"] = () => BuiltModel.Perceptron(4, 3),
        ["grids"] = () => new GridEncoder(),
        ["tokens"] = () => new TokenEncoder(),
    };

    public static IEnumerable<string> Keys => ArchitectureTable.Methods.Infos.Select(method => method.Key);

    public static TheoryData<string, int> KeysAndTasks => [.. Keys.SelectMany(key => new[] { 1, 2, 3 }.Select(tasks => (key, tasks)))];

    public static TheoryData<string, string> KeysAndStates => [.. Keys.SelectMany(key => Encoders.Keys.Select(states => (key, states)))];

    [Theory]
    [MemberData(nameof(KeysAndStates))]
    public void The_gradient_is_the_slope_of_the_objective(string key, string states)
    {
        var built = new BuiltModel(key, Names[..2], Encoders[states](), training: true);
        // Away from what starts as zero, where kinks and ties are.
        foreach (var (name, values) in built.Values)
            for (var i = 0; i < values.Length; i++)
                values[i] += 0.05f * (float)Math.Sin(i + name.Length);

        GradientCheck.Verify(built.Objective(), [.. built.Model.Parameters.Select(parameter => parameter.Node)], built.Point(step: 20));
    }

    [Theory]
    [MemberData(nameof(KeysAndTasks))]
    public void A_tasks_own_parameters_are_reached_by_its_loss_alone_and_shared_ones_by_several(string key, int tasks)
    {
        var model = new BuiltModel(key, Names[..tasks], training: true).Model;
        var reached = model.Outputs.Select(output => Gradient.Pullback([output.Square().ReduceSum()], [output.Like(1)], [.. model.Parameters.Select(parameter => parameter.Node)])).ToArray();

        for (var i = 0; i < model.Parameters.Count; i++)
        {
            int[] users = [.. Enumerable.Range(0, tasks).Where(task => reached[task][i] is not null)];
            if (model.Parameters[i].Task is { } owner)
                users.ShouldBe([owner], model.Parameters[i].Name);
            else
                users.Length.ShouldBeGreaterThan(tasks == 1 ? 0 : 1, model.Parameters[i].Name);
        }
    }

    [Theory]
    [MemberData(nameof(KeysAndTasks))]
    public void The_order_of_the_tasks_orders_the_outputs_and_changes_nothing_else(string key, int tasks)
    {
        var names = Names[..tasks];

        var forwards = new BuiltModel(key, names).Outputs();
        var backwards = new BuiltModel(key, [.. names.Reverse()]).Outputs();

        for (var task = 0; task < tasks; task++)
            forwards[task].Zip(backwards[tasks - 1 - task]).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 1e-6);
        if (tasks > 1)
            forwards[0].ShouldNotBe(forwards[1]);
    }

    [Theory]
    [MemberData(nameof(KeysAndStates))]
    public void Training_and_evaluation_have_the_same_parameters(string key, string states)
    {
        IEnumerable<string> Layout(bool training) => new BuiltModel(key, Names, Encoders[states](), training).Model.Parameters.Select(parameter => $"{parameter.Name} {parameter.Node.Shape} {parameter.Task}");

        Layout(training: true).ShouldBe(Layout(training: false));
        new BuiltModel(key, Names, Encoders[states]()).Model.StepValues.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(KeysAndTasks))]
    public void An_encoder_without_layers_gives_a_model_all_the_same(string key, int tasks) =>
        new BuiltModel(key, Names[..tasks], BuiltModel.Perceptron()).Outputs().ShouldAllBe(output => output.All(double.IsFinite));
}
