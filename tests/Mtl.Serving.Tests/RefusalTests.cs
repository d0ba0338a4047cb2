using Mtl.Core;
using Mtl.Core.Signatures;
using Mtl.Runtime;
using static Mtl.Serving.Tests.Models;

namespace Mtl.Serving.Tests;

public class RefusalTests
{
    private static readonly Tensor Ages = Tensor.Column([20f, 30f]);
    private static readonly Tensor Cities = Tensor.Column(["Bonn", "Kiel"]);

    public static TheoryData<string, (string Name, Tensor Values)[], string[], string> Requests => new()
    {
        {
            "unknown input",
            [("age", Ages), ("town", Cities)],
            ["doubled"],
            "Model 'echo/1' has no input 'town'; its inputs are age, city."
        },
        {
            "missing input",
            [("age", Ages)],
            ["doubled"],
            "The input 'city' of model 'echo/1' is not given. Give every input; NaN and the empty text stand for missing values."
        },
        {
            "texts for numbers",
            [("age", Cities), ("city", Cities)],
            ["doubled"],
            "The input 'age' of model 'echo/1' holds texts; the model takes numbers."
        },
        {
            "numbers for texts",
            [("age", Ages), ("city", Ages)],
            ["doubled"],
            "The input 'city' of model 'echo/1' holds numbers; the model takes texts."
        },
        {
            "another element type",
            [("age", Tensor.Column([20L, 30L])), ("city", Cities)],
            ["doubled"],
            "The input 'age' of model 'echo/1' holds Int64 values; the model takes numbers."
        },
        {
            "rank 1",
            [("age", Tensor.Of([20f, 30f], 2)), ("city", Cities)],
            ["doubled"],
            "The input 'age' has the shape [2]; the model takes [rows, 1] with at least one row."
        },
        {
            "two columns",
            [("age", Tensor.Of([20f, 30f], 1, 2)), ("city", Cities)],
            ["doubled"],
            "The input 'age' has the shape [1, 2]; the model takes [rows, 1] with at least one row."
        },
        {
            "no rows",
            [("age", Tensor.Column<float>([])), ("city", Tensor.Column<string>([]))],
            ["doubled"],
            "The input 'age' has the shape [0, 1]; the model takes [rows, 1] with at least one row."
        },
        {
            "unequal rows",
            [("age", Ages), ("city", Tensor.Column(["Bonn"]))],
            ["doubled"],
            "The input 'city' has 1 rows, others have 2; all inputs must have as many."
        },
        {
            "null text",
            [("age", Ages), ("city", Tensor.Column<string>(["Bonn", null!]))],
            ["doubled"],
            "The input 'city' is null in row 1. Give the empty text for a missing value."
        },
        {
            "unknown output",
            [("age", Ages), ("city", Cities)],
            ["doubled", "halved"],
            "Model 'echo/1' has no output 'halved'; its outputs are doubled, both, home."
        },
        {
            "no output",
            [("age", Ages), ("city", Cities)],
            [],
            "No output of model 'echo/1' is asked for; its outputs are doubled, both, home."
        },
        {
            "an output twice",
            [("age", Ages), ("city", Cities)],
            ["both", "doubled", "both"],
            "The output 'both' is asked for 2 times; once is enough."
        },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task A_wrong_request_is_refused_and_the_model_goes_on(string what, (string Name, Tensor Values)[] inputs, string[] outputs, string message)
    {
        await using var model = Serve();

        var refused = await model.InferAsync(inputs.ToDictionary(input => input.Name, input => input.Values), outputs);

        refused.Error.ShouldNotBeNull(what);
        refused.Error.Kind.ShouldBe(ErrorKind.Invalid);
        refused.Error.ToString().ShouldBe(message);
        (await model.InferAsync(People((1, "a")), ["doubled"])).Value["doubled"].Values<float>().ShouldBe([2]);
        model.Statistics.Requests.ShouldBe(1);
    }

    [Fact]
    public async Task A_cancelled_request_is_not_taken()
    {
        await using var model = Serve();

        await Should.ThrowAsync<OperationCanceledException>(() => model.InferAsync(People((1, "a")), ["doubled"], new CancellationToken(canceled: true)));

        model.Statistics.ShouldBe(ServingStatistics.None);
    }

    [Fact]
    public void A_model_without_a_signature_is_not_served() =>
        ServedModel.Load(Echo(signature: null), "foreign/1", new ServingOptions()).Error.ShouldBe(Error.Invalid(
            $"Model 'foreign/1' has no signature in its metadata ('{ModelSignature.MetadataKey}').", "Only models exported by the platform can be served."));

    [Fact]
    public void A_model_with_a_damaged_signature_is_not_served() =>
        ServedModel.Load(Echo(signature: "{"), "damaged/1", new ServingOptions()).Error!.Message.ShouldBe("The model signature can't be read: It ends before an object or a list is closed.");

    [Fact]
    public void Bytes_that_are_no_model_are_not_served()
    {
        var error = ServedModel.Load([1, 2, 3], "broken/1", new ServingOptions()).Error!;

        error.Kind.ShouldBe(ErrorKind.Invalid);
        error.Message.ShouldStartWith("Model 'broken/1' (3 bytes) cannot be loaded by ONNX Runtime");
    }
}
