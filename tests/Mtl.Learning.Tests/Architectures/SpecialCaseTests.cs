using Mtl.Learning.Architectures.Ltb;

namespace Mtl.Learning.Tests.Architectures;

/// <summary>Each architecture where its formula comes to something simpler, computed by the simpler model.</summary>
public class SpecialCaseTests
{
    private static readonly string[] Tasks = ["one", "two"];

    [Fact]
    public void Soft_sharing_starts_all_encoders_equal_and_predicts_as_single_models_do()
    {
        var soft = new BuiltModel("soft", Tasks);

        soft.Values["task/one/encoder/layer1/weight"].ShouldBe(soft.Values["task/two/encoder/layer1/weight"]);
        ShouldBeSame(soft.Outputs(), new BuiltModel("stl", Tasks).With(soft).Outputs());
    }

    [Fact]
    public void Soft_sharings_penalty_is_the_distance_of_the_encoders()
    {
        var soft = new BuiltModel("soft", Tasks, training: true, options: ("strength", 3));
        soft.Values["task/one/encoder/layer1/weight"][2] += 0.5f;
        soft.Values["task/two/encoder/layer2/bias"][1] -= 0.25f;

        Mtl.Testing.Graphs.Evaluation.Of(soft.Model.Penalty!, soft.Point(1)).ToDoubles()[0].ShouldBe(3 * ((0.5 * 0.5) + (0.25 * 0.25)) / 2, 1e-6);
    }

    [Fact]
    public void Cross_stitch_with_nothing_from_the_others_is_single_models_on_one_stem()
    {
        var stitched = new BuiltModel("cross-stitch", Tasks, options: ("ownShare", 1));
        var single = new BuiltModel("stl", Tasks).With(stitched, name => name.Contains("/head/", StringComparison.Ordinal) ? name : name.Replace("task/", "shared/network/", StringComparison.Ordinal).Replace("/encoder", "", StringComparison.Ordinal));

        ShouldBeSame(stitched.Outputs(), single.Outputs());
    }

    [Fact]
    public void Cross_stitch_mixes_the_networks_by_its_matrix()
    {
        // α = [[0, 1], [1, 0]] after the only layer: each head sees the other's network.
        var encoder = BuiltModel.Perceptron(3);
        var crossed = new BuiltModel("cross-stitch", Tasks, encoder);
        crossed.Fill("shared/stitch1/weight", 0, 1, 1, 0);
        var single = new BuiltModel("stl", Tasks, encoder).With(crossed, name => name.Contains("/head/", StringComparison.Ordinal)
            ? name
            : name.Replace(name.Contains("/one/", StringComparison.Ordinal) ? "task/one/encoder" : "task/two/encoder", name.Contains("/one/", StringComparison.Ordinal) ? "shared/network/two" : "shared/network/one", StringComparison.Ordinal));

        ShouldBeSame(crossed.Outputs(), single.Outputs());
    }

    [Theory]
    [InlineData("mmoe", "experts")]
    [InlineData("cgc", "sharedExperts")]
    public void One_expert_is_hard_sharing(string key, string option)
    {
        var experts = new BuiltModel(key, Tasks, options: (option, 1));
        if (key == "cgc")
            CloseGates(experts, task => $"task/{task}/gate", toLast: true);

        ShouldBeSame(experts.Outputs(), Shared(experts, "shared/expert1"));
    }

    [Fact]
    public void A_gate_that_is_closed_to_all_but_one_expert_gives_that_ones_prediction()
    {
        var experts = new BuiltModel("mmoe", Tasks, options: ("experts", 3));
        CloseGates(experts, task => $"task/{task}/gate", toLast: true);

        ShouldBeSame(experts.Outputs(), Shared(experts, "shared/expert3"));
    }

    [Fact]
    public void Ple_with_one_layer_is_cgc()
    {
        var encoder = BuiltModel.Perceptron(3);
        var ple = new BuiltModel("ple", Tasks, encoder);
        var cgc = new BuiltModel("cgc", Tasks, encoder).With(ple, name => name
            .Replace("shared/expert", "shared/level1/expert", StringComparison.Ordinal)
            .Replace("one/expert", "one/level1/expert", StringComparison.Ordinal).Replace("two/expert", "two/level1/expert", StringComparison.Ordinal)
            .Replace("/gate", "/level1/gate", StringComparison.Ordinal));

        ShouldBeSame(ple.Outputs(), cgc.Outputs());
    }

    [Fact]
    public void Attention_that_is_open_everywhere_is_hard_sharing()
    {
        var attention = new BuiltModel("mtan", Tasks);
        foreach (var name in attention.Values.Keys.Where(name => name.EndsWith("/mask/weight", StringComparison.Ordinal)))
            attention.Fill(name, 0);
        foreach (var name in attention.Values.Keys.Where(name => name.EndsWith("/mask/bias", StringComparison.Ordinal)))
            attention.Fill(name, 40);

        ShouldBeSame(attention.Outputs(), Shared(attention, "shared/encoder"));
    }

    [Theory]
    [InlineData(-1, -1, "shared/expert1")]
    [InlineData(1, -1, "shared/expert2")]
    [InlineData(-1, 1, "shared/expert3")]
    [InlineData(1, 1, "shared/expert4")]
    public void The_digits_of_a_selector_name_its_expert(float low, float high, string expert)
    {
        var selected = new BuiltModel("dselect-k", Tasks);
        foreach (var task in Tasks)
            selected.Fill($"task/{task}/gate/digits/weight", low, high);

        ShouldBeSame(selected.Outputs(), Shared(selected, expert));
    }

    [Fact]
    public void Two_selectors_share_by_their_softmax()
    {
        var selected = new BuiltModel("dselect-k", Tasks);
        foreach (var task in Tasks)
        {
            selected.Fill($"task/{task}/gate/digits/weight", -1, -1, 1, 1);
            selected.Fill($"task/{task}/gate/shares/weight", 0, MathF.Log(3));
        }

        var (first, fourth) = (Shared(selected, "shared/expert1"), Shared(selected, "shared/expert4"));
        ShouldBeSame(selected.Outputs(), [.. first.Zip(fourth, (a, b) => a.Zip(b, (x, y) => (0.25 * x) + (0.75 * y)).ToArray())]);
    }

    [Fact]
    public void The_entropy_of_undecided_selectors_is_penalised()
    {
        var selected = new BuiltModel("dselect-k", Tasks, training: true, options: ("entropyWeight", 0.5));
        foreach (var task in Tasks)
            selected.Fill($"task/{task}/gate/digits/weight", 0);

        // Two tasks with two selectors each over four experts, all alike.
        Mtl.Testing.Graphs.Evaluation.Of(selected.Model.Penalty!, selected.Point(1)).ToDoubles()[0].ShouldBe(0.5 * 2 * 2 * Math.Log(4), 1e-4);
    }

    [Fact]
    public void Evaluation_follows_the_strongest_branches()
    {
        var branched = new BuiltModel("ltb", Tasks);
        branched.Fill("shared/branch2/weight", 0.1f, 0.2f, 0.5f, 0.4f);
        branched.Fill("task/one/branch/weight", 0.3f, 0.2f);
        branched.Fill("task/two/branch/weight", 0.2f, 0.3f);

        // Task one: second layer of node 1, whose parent is node 2; task two: second layer of node 2, whose parent is node 1.
        var outputs = branched.Outputs();
        outputs[0].ShouldBe(Tree(branched, "node2", "node1")[0], 1e-6);
        outputs[1].ShouldBe(Tree(branched, "node1", "node2")[1], 1e-6);
    }

    [Fact]
    public void Branches_are_alike_in_the_warm_up_then_the_temperature_falls_to_its_end()
    {
        var ltb = new LearningToBranch(new LearningToBranchOptions { WarmupEpochs = 2, AnnealEpochs = 4, InitialTemperature = 8, FinalTemperature = 0.5 });

        ltb.Sharpness(0).ShouldBe(0);
        ltb.Sharpness(1.99).ShouldBe(0);
        ltb.Sharpness(2).ShouldBe(1 / 8.0, 1e-12);
        ltb.Sharpness(4).ShouldBe(1 / 2.0, 1e-12);
        ltb.Sharpness(6).ShouldBe(2, 1e-12);
        ltb.Sharpness(60).ShouldBe(2, 1e-12);
    }

    [Fact]
    public void A_mixture_at_a_high_temperature_is_the_modules_mean()
    {
        var mixture = new BuiltModel("mixture", Tasks, options: [("modules", 2), ("temperature", 1000)]);
        double[][] Module(string module) => new BuiltModel("hps", Tasks).With(mixture, name => name.Replace("encoder/layer2", $"{module}/layer2", StringComparison.Ordinal)).Outputs();

        var (first, second) = (Module("module1"), Module("module2"));
        ShouldBeSame(mixture.Outputs(), [.. first.Zip(second, (a, b) => a.Zip(b, (x, y) => (x + y) / 2).ToArray())], 1e-3);
    }

    /// <summary>Hard sharing with the parameters of one expert.</summary>
    private static double[][] Shared(BuiltModel of, string expert) =>
        new BuiltModel("hps", Tasks).With(of, name => name.Replace("shared/encoder/layer", $"{expert}/layer", StringComparison.Ordinal)).Outputs();

    private static double[][] Tree(BuiltModel of, string first, string second) => new BuiltModel("hps", Tasks).With(of, name => name
        .Replace("encoder/layer1", $"{first}/layer1", StringComparison.Ordinal).Replace("encoder/layer2", $"{second}/layer2", StringComparison.Ordinal)).Outputs();

    private static void CloseGates(BuiltModel of, Func<string, string> gate, bool toLast)
    {
        foreach (var task in Tasks)
        {
            of.Fill($"{gate(task)}/weight", 0);
            of.Fill($"{gate(task)}/bias", 0);
            of.Values[$"{gate(task)}/bias"][toLast ? ^1 : 0] = 60;
        }
    }

    private static void ShouldBeSame(double[][] actual, double[][] expected, double tolerance = 1e-5)
    {
        for (var task = 0; task < expected.Length; task++)
            actual[task].ShouldBe(expected[task], tolerance);
    }
}
