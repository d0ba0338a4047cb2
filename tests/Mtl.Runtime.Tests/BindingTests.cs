using System.Runtime.CompilerServices;
using Mtl.Graph;

namespace Mtl.Runtime.Tests;

public sealed class BindingTests
{
    [Fact]
    public void A_run_reads_and_writes_the_buffers_in_place()
    {
        using var run = new TwoLayerRun(inputs: 3, width: 4, capacity: 2);
        run.X.Span.Fill(1);
        run.Parameters["w1"].Fill(2);
        run.Parameters["b1"].Fill(-5);
        run.Parameters["w2"].Fill(0.5f);
        run.Run(2);
        run.Results["y"].ToArray().ShouldBe([2f, 2f], "relu(3·2 − 5) = 1, times 0.5, summed over 4");

        run.Parameters["b1"].Fill(-4);
        run.Run(2);
        run.Results["loss"][0].ShouldBe(4f, "a parameter changed between runs is seen by the next");
    }

    [Fact]
    public void Fewer_rows_use_the_first_rows_and_leave_the_others_alone()
    {
        using var run = new TwoLayerRun(inputs: 8, width: 16, capacity: 5);
        var whole = run.Run(5);
        var part = run.Run(3);
        part[..3].ShouldBe(whole[..3], 1e-6, "matrix products add up in another order for another number of rows");
        part[3..5].ShouldBe([0f, 0f]);
        run.Run(5).ShouldBe(whole);
    }

    [Theory]
    [InlineData(8, 16, 3)]
    [InlineData(64, 256, 32)]
    [InlineData(64, 1024, 256)]
    public void Results_are_the_same_bits_on_every_run_and_on_one_and_two_threads(int inputs, int width, int rows)
    {
        using var one = new TwoLayerRun(inputs, width, rows);
        using var two = new TwoLayerRun(inputs, width, rows, threads: 2);
        var expected = one.Run(rows);
        expected.ShouldContain(value => value != 0);
        for (var repeat = 0; repeat < 5; repeat++)
        {
            one.Run(rows).ShouldBe(expected);
            two.Run(rows).ShouldBe(expected);
        }
    }

    [Fact]
    public void Runs_allocate_no_managed_memory_whatever_the_model_and_batch_size()
    {
        using var small = new TwoLayerRun(inputs: 4, width: 8, capacity: 64);
        using var large = new TwoLayerRun(inputs: 64, width: 128, capacity: 256, threads: 2);
        int[] sizes = [1, 7, 32, 64];
        foreach (var rows in sizes) Step(rows);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var step = 0; step < 500; step++) Step(sizes[step % sizes.Length]);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        void Step(int rows)
        {
            small.Binding.Run(rows);
            large.Binding.Run(rows);
            large.Binding.Run();
        }
    }

    [Fact]
    public void An_output_in_an_inputs_memory_is_refused()
    {
        using var model = Models.Load(Models.Doubled("batch", 4), name: "twice");
        using var buffer = new AlignedBuffer<float>(64);
        Should.Throw<ArgumentException>(() => model.Bind(Named(("x", buffer.View(4, 4))), Named(("y", buffer.View(4, 4))))).Message.ShouldBe(
            "Output 'y' of model 'twice' was bound to memory that input 'x' is bound to. "
            + "ONNX Runtime would overwrite it while it is still read; bind the output to a buffer of its own.");
        Should.Throw<ArgumentException>(() => model.Bind(Named(("x", buffer.View(8, 4))), Named(("y", buffer.ViewAt(16, 8, 4)))));
        model.Bind(Named(("x", buffer.View(4, 4))), Named(("y", buffer.ViewAt(16, 4, 4)))).Run();
    }

    [Fact]
    public void Two_outputs_in_one_memory_are_refused()
    {
        var input = Models.Input("x", 4);
        using var model = Models.Load(Models.Of(("y", input + input), ("z", input * input)));
        using AlignedBuffer<float> x = new(4), y = new(4);
        Should.Throw<ArgumentException>(() => model.Bind(Named(("x", x.View(4))), Named(("y", y.View(4)), ("z", y.View(4))))).Message
            .ShouldStartWith("Output 'z' of model 'm' was bound to memory that output 'y' is bound to.");
    }

    [Fact]
    public void What_does_not_fit_the_model_is_refused_with_what_would()
    {
        using var model = Models.Load(Models.Of(("y", Models.Input("x", "batch", 4).MatMul(Models.Input("w", 4, 2)))), name: "linear");
        using AlignedBuffer<float> x = new(32), w = new(8), y = new(16);
        using AlignedBuffer<long> ids = new(32);
        var (goodX, goodW, goodY) = (x.View(8, 4), w.View(4, 2), y.View(8, 2));

        Refused(Named(("x", goodX)), Named(("y", goodY))).ShouldStartWith("Model 'linear' needs input 'w' (Float [4, 2]), which was not bound.");
        Refused(Named(("x", goodX), ("w", w.View(2, 4))), Named(("y", goodY))).ShouldBe("'w' of model 'linear' was bound to Float [2, 4]; it has to be Float [4, 2].");
        Refused(Named(("x", ids.View(8, 4)), ("w", goodW)), Named(("y", goodY))).ShouldBe("'x' of model 'linear' was bound to Int64 [8, 4]; it has to be Float [batch, 4].");
        Refused(Named(("x", goodX), ("w", goodW), ("v", goodW)), Named(("y", goodY)))
            .ShouldBe("Model 'linear' has no input 'v'. Its inputs are: x (Float [batch, 4]), w (Float [4, 2]).");
        Refused(Named(("x", goodX), ("w", goodW)), Named(("z", goodY))).ShouldBe("Model 'linear' has no output 'z'. Its outputs are: y (Float [batch, 2]).");

        using var binding = model.Bind(Named(("x", goodX), ("w", goodW)), Named(("y", goodY)));
        Should.Throw<ArgumentOutOfRangeException>(() => binding.Run(9)).Message.ShouldStartWith("Model 'linear' was asked to run 9 rows; its buffers hold from 1 to 8.");
        Should.Throw<ArgumentOutOfRangeException>(() => binding.Run(0));

        string Refused(Dictionary<string, TensorView> inputs, Dictionary<string, TensorView> outputs) =>
            Should.Throw<ArgumentException>(() => model.Bind(inputs, outputs)).Message;
    }

    [Fact]
    public void A_model_without_a_free_leading_dimension_runs_whole_only()
    {
        using var model = Models.Load(Models.Doubled(4));
        using AlignedBuffer<float> x = new(4), y = new(4);
        x.Span.Fill(3);
        using var binding = model.Bind(Named(("x", x.View(4))), Named(("y", y.View(4))));
        binding.Run();
        y.Span.ToArray().ShouldAllBe(value => value == 6);
        Should.Throw<ArgumentOutOfRangeException>(() => binding.Run(2)).Message.ShouldStartWith(
            "Model 'm' was asked to run 2 rows; none of its bound tensors has a free leading dimension, so only Run() is possible.");
    }

    [Fact]
    public void A_failing_run_names_the_model_and_what_it_ran_on()
    {
        using var model = Models.Load(Models.Of(("y", Models.Input("table", 4, 2).Gather(Node.Input("ids", ElementType.Int64, ["batch"])))), name: "lookup");
        using AlignedBuffer<float> table = new(8), y = new(6);
        using var ids = new AlignedBuffer<long>(3);
        ids.Span[1] = 9;
        using var binding = model.Bind(Named(("table", table.View(4, 2)), ("ids", ids.View(3))), Named(("y", y.View(3, 2))));
        var message = Should.Throw<ExecutionException>(() => binding.Run(2)).Message;
        message.ShouldStartWith("Model 'lookup' failed on cpu with table: Float [4, 2], ids: Int64 [2], y: Float [2, 2]: ");
        message.ShouldContain("indices element out of data bounds, idx=9");
        binding.Run(1);
    }

    [Fact]
    public void Memory_outlives_its_buffer_while_it_is_bound()
    {
        using var model = Models.Load(Models.Doubled("batch", 4));
        using var y = new AlignedBuffer<float>(4);
        var x = new AlignedBuffer<float>(4);
        x.Span.Fill(21);
        using var binding = model.Bind(Named(("x", x.View(1, 4))), Named(("y", y.View(1, 4))));
        binding.Run();
        x.Dispose();
        y.Span.Clear();
        binding.Run();
        y.Span.ToArray().ShouldAllBe(value => value == 42);
    }

    [Fact]
    public void A_forgotten_binding_lets_go_of_its_memory_when_it_is_collected()
    {
        var memory = BindAndForget();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        memory.IsReleased.ShouldBeTrue();

        [MethodImpl(MethodImplOptions.NoInlining)]
        static AlignedMemory BindAndForget()
        {
            var model = Models.Load(Models.Doubled("batch", 4));
            AlignedBuffer<float> x = new(4), y = new(4);
            var view = x.View(1, 4);
            model.Bind(Named(("x", view)), Named(("y", y.View(1, 4)))).Run();
            x.Dispose();
            view.Memory.IsReleased.ShouldBeFalse("the binding is still there");
            return view.Memory;
        }
    }

    [Fact]
    public void Disposing_the_model_disposes_its_bindings()
    {
        var model = Models.Load(Models.Doubled("batch", 4));
        using AlignedBuffer<float> x = new(4), y = new(4);
        var binding = model.Bind(Named(("x", x.View(1, 4))), Named(("y", y.View(1, 4))));
        model.Dispose();
        model.Dispose();
        Should.Throw<ObjectDisposedException>(binding.Run);
        binding.Dispose();
        Should.Throw<ObjectDisposedException>(() => model.Bind(Named(("x", x.View(1, 4))), Named(("y", y.View(1, 4)))));
    }

    [Fact]
    public void Passing_tensors_anew_as_other_devices_need_sees_changes_and_gives_the_same()
    {
        using var model = Models.Load(Models.Doubled("batch", 4));
        using AlignedBuffer<float> x = new(8), y = new(8);
        using var bound = new BoundRows(model, new([("x", x.View(2, 4))], [("y", y.View(2, 4))]), readInPlace: false);
        foreach (var value in (float[])[1, 2])
        {
            x.Span.Fill(value);
            bound.Run();
            y.Span.ToArray().ShouldAllBe(result => result == 2 * value);
        }
    }

    private static Dictionary<string, TensorView> Named(params (string Name, TensorView View)[] tensors) =>
        tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.View);
}
