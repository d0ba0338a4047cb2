using Mtl.Core;
using Mtl.Core.Definitions;
using Mtl.Core.Signatures;
using Mtl.Grains.Contracts;
using Mtl.Grains.Tests.Hosting;
using Mtl.Runtime;

namespace Mtl.Grains.Tests.Models;

/// <summary>Registered models, and predictions with them.</summary>
public sealed class PredictorGrainTests(PredictorGrainTests.TrainedModel trained) : IClassFixture<PredictorGrainTests.TrainedModel>
{
    private static readonly InferRequest ThreeRows = new(
        [
            new NamedColumn("x", 1, [0.5f, -0.2f, float.NaN], null),
            new NamedColumn("z", 1, [0.1f, float.NaN, 0.9f], null),
            new NamedColumn("group", 1, null, ["a", "never seen", ""]),
        ],
        []);

    private Platform Platform => trained.Platform;

    [Fact]
    public async Task Predictions_are_those_of_the_runtime_itself()
    {
        var reply = (await Predictor("small/1").Infer(ThreeRows, CancellationToken.None)).ToResult().Value;

        using var executable = Executable.Load(await Platform.ModelAsync(trained.RunId), "model").Value;
        var inputs = ThreeRows.Inputs.ToDictionary(
            input => input.Name, input => input.Numbers is { } numbers ? (Tensor)Tensor.Of(numbers, numbers.Length, 1) : Tensor.Of(input.Texts!, input.Texts!.Length, 1));
        var expected = executable.Run(inputs, [.. executable.Outputs.Select(output => output.Name)]).Value;
        reply.Outputs.Select(output => output.Name).ShouldBe(executable.Outputs.Select(output => output.Name), ignoreOrder: true);
        foreach (var output in reply.Outputs)
        {
            if (output.Texts is { } texts)
                texts.ShouldBe(expected[output.Name].Values<string>(), output.Name);
            else
                output.Numbers.ShouldBe(expected[output.Name].Values<float>(), output.Name);
        }
    }

    [Fact]
    public async Task Requests_that_come_together_each_get_their_own_answer()
    {
        var rows = Enumerable.Range(0, 64).Select(row => new InferRequest(
            [new NamedColumn("x", 1, [row / 64f], null), new NamedColumn("z", 1, [0.5f], null), new NamedColumn("group", 1, null, ["b"])], ["amount"])).ToArray();

        var together = await Task.WhenAll(rows.Select(row => Predictor("small/1").Infer(row, CancellationToken.None)));

        for (var row = 0; row < rows.Length; row++)
        {
            var alone = (await Predictor("small/1").Infer(rows[row], CancellationToken.None)).ToResult().Value;
            together[row].ToResult().Value.Outputs.ShouldHaveSingleItem().Numbers![0].ShouldBe(alone.Outputs[0].Numbers![0], 1e-5f);
        }
    }

    [Fact]
    public async Task The_signature_names_inputs_and_outputs()
    {
        var signature = DefinitionJson.Read<ModelSignature>((await Predictor("small/1").Signature()).ToResult().Value).Value;

        signature.Inputs.Select(input => (input.Name, input.Kind)).ShouldBe([("x", InputKind.Numeric), ("z", InputKind.Numeric), ("group", InputKind.Categorical)]);
        signature.Inputs[2].Categories.ShouldBe(["a", "b", "c"], ignoreOrder: true);
        signature.Outputs.Select(output => output.Task).ShouldBe(["amount", "answer", "kind"]);
        signature.Outputs[1].Labels.ShouldBe(["no", "yes"]);
    }

    [Theory]
    [InlineData("small/7", "The model 'small' has no version 7.")]
    [InlineData("nobody/1", "The model 'nobody' has no version 1.")]
    [InlineData("small", "'small' is no model version; its key is the model's name, '/', and the version's number.")]
    [InlineData("small/x", "'small/x' is no model version; its key is the model's name, '/', and the version's number.")]
    public async Task A_model_that_is_not_there_is_said_to_be_so(string key, string message)
    {
        (await Predictor(key).Signature()).ToResult().Error!.Message.ShouldBe(message);
        (await Predictor(key).Infer(ThreeRows, CancellationToken.None)).ToResult().Error!.Message.ShouldBe(message);
    }

    [Fact]
    public async Task Malformed_inputs_are_refused_by_name()
    {
        (InferRequest, string)[] cases =
        [
            (ThreeRows with { Inputs = [new NamedColumn("x", 0, [1], null)] }, "The input 'x' is no table of numbers or of texts with 0 columns."),
            (ThreeRows with { Inputs = [new NamedColumn("x", 1, null, null)] }, "The input 'x' is no table of numbers or of texts with 1 columns."),
            (ThreeRows with { Inputs = [.. ThreeRows.Inputs, ThreeRows.Inputs[0]] }, "The input 'x' is given more than once."),
            (ThreeRows with { Outputs = ["weather"] }, "Model 'small/1' has no output 'weather';"),
        ];
        foreach (var (request, message) in cases)
            (await Predictor("small/1").Infer(request, CancellationToken.None)).ToResult().Error!.Message.ShouldStartWith(message);
    }

    [Fact]
    public async Task Aliases_point_at_versions()
    {
        var model = Platform.Grains.GetGrain<IModelGrain>("small");

        (await model.SetAlias("production", 1)).ToResult().Value.ShouldBe("production");
        (await Platform.Storage.Models.AliasesAsync("small")).ShouldBe(new Dictionary<string, int> { ["production"] = 1 });
        (await model.SetAlias("production", null)).ToResult().IsSuccess.ShouldBeTrue();
        (await Platform.Storage.Models.AliasesAsync("small")).ShouldBeEmpty();
        (await model.SetAlias("production", 9)).ToResult().Error!.Kind.ShouldBe(ErrorKind.NotFound);
        foreach (var alias in new[] { "latest", "Latest", "3", "v3", "", "a b" })
        {
            (await model.SetAlias(alias, 1)).ToResult().Error!.Message.ShouldBe(
                $"'{alias}' can't be an alias; an alias has 1 to 255 letters, digits, '-', '_' and '.', and is neither a version ('3', 'v3') nor 'latest'.");
        }
    }

    [Fact]
    public async Task A_run_registers_once()
    {
        var model = Platform.Grains.GetGrain<IModelGrain>("small");

        (await model.Register(new ModelRegistration(trained.RunId, "model.onnx", 0, "x"))).ToResult().Value.ShouldBe(1);
        (await Platform.Storage.Models.ListAsync("small")).Count.ShouldBe(1);
    }

    private IPredictorGrain Predictor(string key) => Platform.Grains.GetGrain<IPredictorGrain>(key);

    /// <summary>One trained model for all tests.</summary>
    public sealed class TrainedModel : IAsyncLifetime
    {
        internal Platform Platform { get; private set; } = null!;

        internal string RunId { get; private set; } = "";

        public async ValueTask InitializeAsync()
        {
            Platform = await Platform.StartAsync();
            RunId = await Platform.StartRunAsync(SmallTable.Definition(Platform.Table));
            await Platform.CompleteAsync(RunId);
        }

        public ValueTask DisposeAsync() => Platform.DisposeAsync();
    }
}
