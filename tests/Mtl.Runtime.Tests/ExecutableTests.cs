using Mtl.Graph;

namespace Mtl.Runtime.Tests;

public sealed class ExecutableTests
{
    [Fact]
    public void A_model_tells_its_inputs_and_outputs()
    {
        using var model = Models.Load(Models.Columns());
        model.Inputs.Select(spec => $"{spec.Name}: {spec}").ShouldBe(["age: Float [batch, 1]", "city: String [batch, 1]"]);
        model.Outputs.Select(spec => $"{spec.Name}: {spec}").ShouldBe(["doubled: Float [batch, 1]", "same: Bool [batch, 1]", "copied: String [batch, 1]"]);
    }

    [Fact]
    public void Raw_columns_run_to_typed_outputs()
    {
        using var model = Models.Load(Models.Columns());
        foreach (var rows in (int[])[3, 1])
        {
            var outputs = model.Run(new Dictionary<string, Tensor>
            {
                ["age"] = Tensor.Column(new[] { 21f, float.NaN, -0.5f }[..rows]),
                ["city"] = Tensor.Column(new[] { "Zürich", "", "東京 🗼" }[..rows]),
            }).Value;
            outputs["doubled"].Values<float>().ShouldBe(new[] { 42f, float.NaN, -1f }[..rows]);
            outputs["same"].Values<bool>().ShouldBe(new[] { true, false, true }[..rows], "NaN equals nothing");
            outputs["copied"].Values<string>().ShouldBe(new[] { "Zürich", "", "東京 🗼" }[..rows]);
            outputs["copied"].Shape.ShouldBe([rows, 1]);
        }
    }

    [Fact]
    public void Only_the_wanted_outputs_come_back()
    {
        using var model = Models.Load(Models.Columns());
        model.Run(Columns(), ["copied"]).Value.Keys.ShouldBe(["copied"]);
        Refused(model, Columns(), ["copied", "tripled"]).ShouldBe(
            "Model 'm' has no output 'tripled'. Its outputs are: doubled (Float [batch, 1]), same (Bool [batch, 1]), copied (String [batch, 1]).");
    }

    [Fact]
    public void Wrong_inputs_are_refused_with_what_is_expected()
    {
        using var model = Models.Load(Models.Columns(), name: "income");
        var inputs = Columns();
        inputs.Remove("city");
        Refused(model, inputs).ShouldBe(
            "Model 'income' needs input 'city' (String [batch, 1]), which was not given. Its inputs are: age (Float [batch, 1]), city (String [batch, 1]).");
        Refused(model, Columns(age: Tensor.Of([1f, 2f], 1, 2))).ShouldBe("Input 'age' of model 'income' was given as Float [1, 2]; it has to be Float [batch, 1].");
        Refused(model, Columns(age: Tensor.Of([1f, 2f], 2))).ShouldBe("Input 'age' of model 'income' was given as Float [2]; it has to be Float [batch, 1].");
        Refused(model, Columns(age: Tensor.Column([1L, 2L]))).ShouldBe("Input 'age' of model 'income' was given as Int64 [2, 1]; it has to be Float [batch, 1].");
        Refused(model, Columns(age: Tensor.Column([1f]))).ShouldBe("Inputs 'age' and 'city' of model 'income' disagree about batch: 1 and 2.");
        Refused(model, new(Columns()) { ["zip"] = Tensor.Column([1f, 2f]) }).ShouldBe(
            "Model 'income' has no input 'zip'. Its inputs are: age (Float [batch, 1]), city (String [batch, 1]).");
    }

    [Fact]
    public void Bytes_that_are_no_model_are_refused()
    {
        var error = Executable.Load([1, 2, 3], "broken").Error.ShouldNotBeNull();
        error.Message.ShouldStartWith("Model 'broken' (3 bytes) cannot be loaded by ONNX Runtime 1.");
        error.Message.ShouldContain("Protobuf parsing failed");
        error.Advice.ShouldBe("Check that the bytes are a whole ONNX model, and that its operator sets are ones this version knows.");
    }

    [Fact]
    public void A_model_with_an_unknown_operator_is_refused() =>
        Executable.Load(Models.Exchange(Models.Of(("y", Models.Input("x", 4).Relu())), "Relu"u8, "Rule"u8), "odd").Error.ShouldNotBeNull().Message.ShouldContain("Rule");

    [Fact]
    public void A_model_with_tensors_of_an_unused_type_is_refused() =>
        Executable.Load(Models.Exchange(Models.Of(("y", Models.Input("x", 4).Identity())), [0x08, 0x01, 0x12], [0x08, 0x02, 0x12]), "pixels").Error.ShouldNotBeNull().Message.ShouldStartWith(
            "Model 'pixels' cannot be used: 'x' is a tensor of UInt8; inputs and outputs have to be tensors of Float,");

    [Fact]
    public void A_disposed_model_refuses_to_run()
    {
        var model = Models.Load(Models.Columns());
        model.Dispose();
        Should.Throw<ObjectDisposedException>(() => model.Run(Columns()));
    }

    [Fact]
    public async Task Runs_on_several_threads_at_once_give_the_same()
    {
        using var model = Models.Load(Models.Columns());
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() =>
            Enumerable.Range(0, 50).All(_ => model.Run(Columns(Tensor.Column([i, i + 1f]))).Value["doubled"].Values<float>().SequenceEqual([2f * i, 2f * i + 2])))));
        results.ShouldAllBe(same => same);
    }

    private static Dictionary<string, Tensor> Columns(Tensor? age = null) =>
        new() { ["age"] = age ?? Tensor.Column([1f, 2f]), ["city"] = Tensor.Column(["a", "b"]) };

    private static string Refused(Executable model, Dictionary<string, Tensor> inputs, string[]? outputs = null) =>
        model.Run(inputs, outputs).Error.ShouldNotBeNull().ToString();
}
